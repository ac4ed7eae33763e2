"""What the replay prints when it is over."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.conf import settings

from lukou_market.aid.audit_books import Audit
from lukou_market.aid.restate_period import Restatement
from lukou_market.demo.logins import LOGINS
from lukou_market.demo.replay.figures import Figures
from lukou_market.kernel.money import yuan

_FINDINGS_SHOWN = 20


def lines(
    figures: Figures, audit: Audit, restatements: Sequence[Restatement] = ()
) -> Iterator[str]:
    """The whole report; the last line is one JSON object."""
    yield ""
    yield from _table([("浦湾甜瓜 6·28", "Puwan melons, 28 June", ""), *_rows(figures)])
    for restatement in restatements:
        yield ""
        yield from _table(list(_closed(restatement)))
    for finding in audit.findings[:_FINDINGS_SHOWN]:
        yield f"!! {finding.check}: {finding.reference} differs by ¥{yuan(finding.difference_fen)}"
    yield ""
    yield from _addresses()
    yield ""
    yield from _table([("登录", "phone / user name", "password"), *_logins()])
    yield json.dumps(asdict(figures), ensure_ascii=False)


def _rows(figures: Figures) -> Iterator[tuple[str, str, str]]:
    yield "观众", "viewers", f"{figures.viewers:,}"
    yield "下单", "orders placed", f"{figures.orders_placed:,}"
    yield "已付款", "orders paid", f"{figures.orders_paid:,}"
    yield "超时未付", "orders expired", f"{figures.orders_expired:,}"
    yield "退款订单", "orders refunded (whole or part)", f"{figures.orders_refunded:,}"
    yield "销量(净)", "sold, net", f"{figures.kg_sold:,} kg = {2 * figures.kg_sold:,} 斤"
    yield "销售额", "gross sales (paid)", f"¥{yuan(figures.gross_fen)}"
    yield "退款", "refunded", f"¥{yuan(figures.refunded_fen)}"
    parcels = f"{figures.parcels_booked:,}, {figures.parcels_delivered:,}"
    yield "快递", "parcels booked, delivered", parcels
    yield "受益户", "households credited", f"{figures.households_credited:,}"
    yield "记入农户", "credited to households (received)", f"¥{yuan(figures.credited_fen)}"
    yield "到账", "paid out to the bank", f"¥{yuan(figures.paid_out_fen)}"
    yield "手续费", "Stripe's fees", f"¥{yuan(figures.stripe_fees_fen)}"
    disputes = f"{figures.disputes_lost} lost (¥{yuan(figures.charged_back_fen)})"
    yield "付款争议", "disputes", f"{disputes}, {figures.disputes_won} won"
    yield "对账差异", "open discrepancies with Stripe", f"{figures.discrepancies_open:,}"
    yield "可疑订单", "sales of this stream flagged by screening", f"{figures.sales_flagged:,}"
    held = f"{figures.sales_held:,} (¥{yuan(figures.held_fen)})"
    yield "待核销售", "sales of the district held, in no total", held
    yield "账差", "unexplained", f"¥{yuan(figures.unexplained_fen)}"
    yield "超卖", "oversold units", f"{figures.oversold_units:,}"


def _closed(restatement: Restatement) -> Iterator[tuple[str, str, str]]:
    period, sales, credited = restatement.period, restatement.sales, restatement.credits
    yield f"封账 {period}", "closed month, SHA-256", period.sha256
    for name, words, figure in (
        ("净销售额", "net sales", sales),
        ("记入农户净额", "credited to households, net", credited),
    ):
        yield (
            name,
            f"{words}: signed, later, restated",
            f"¥{yuan(figure.signed_fen)}  ¥{yuan(figure.later_fen)}  ¥{yuan(figure.restated_fen)}",
        )


def _addresses() -> Iterator[str]:
    base = settings.PUBLIC_BASE_URL
    return _table(
        [
            ("直播间", "live rooms", f"{base}/"),
            ("主播台", "studio", f"{base}/studio/"),
            ("后台", "admin", f"{base}/admin/"),
            ("公示", "public notices", f"{base}/public-notices/"),
            ("接口", "API", f"{base}/api/v1/docs/"),
            ("短信", "SMS codes", f"{settings.VAR_DIR}/log/web.log"),
        ]
    )


def _logins() -> Iterator[tuple[str, str, str]]:
    for login in LOGINS:
        name = " / ".join(part for part in (login.username, login.phone) if part)
        yield login.title, name, login.password or "验证码 code by SMS"
    yield "动态码", "code of the app, for a user name", ".venv/bin/python manage.py demo_code NAME"


def _table(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in cells).rstrip()


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
