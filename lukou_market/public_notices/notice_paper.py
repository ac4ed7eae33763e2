"""The notice on paper: A4, with its hash and the address where it stays."""

from hashlib import sha256
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from lukou_market.households.models import IncomeKind
from lukou_market.kernel.money import yuan
from lukou_market.public_notices.read_notice import Content, read_content
from lukou_market.reports.paper import Table, write_pdf
from lukou_market.reports.verify_address import verify_address


def notice_address(number: str) -> str:
    """Where the notice stays for good."""
    return urljoin(settings.PUBLIC_BASE_URL, f"/public-notices/{number}/")


def notice_paper(content: bytes) -> bytes:
    """The PDF of the content; the same bytes whenever it is made."""
    notice = read_content(content)
    header, digest = notice.header, sha256(content).hexdigest()
    return write_pdf(
        title=_("Public notice of %(village)s, %(month)s")
        % {"village": f"{header['town_name']}{header['village_name']}", "month": header["month"]},
        lines=_lines(notice),
        tables=_tables(notice),
        sha256=digest,
        verify_url=verify_address(digest),
    )


def few_words(notice: Content) -> str:
    """Why no row is shown."""
    words = _(
        "Fewer than %(least)s households were credited this month. To keep their income private, "
        "no figure of the village is shown; each household has its own statement, and the town "
        "answers questions."
    )
    return words % {"least": notice.header["least_households"]}


def _lines(notice: Content) -> list[str]:
    header = notice.header
    until = _(
        "Objections until %(day)s (included), at %(address)s, at the village's desk or the town."
    )
    return [
        *header["basis"],
        _("Cut-off: %(moment)s (China).") % {"moment": notice.cut_off},
        until % {"day": header["object_until"], "address": notice_address(header["number"])},
        *(
            [_("This notice replaces %(number)s.") % {"number": header["replaces"]}]
            if header["replaces"]
            else []
        ),
        *[words for words in (header["correction"], header["remark"]) if words],
        *([] if notice.total else [few_words(notice)]),
    ]


def _tables(notice: Content) -> list[Table]:
    if notice.total is None:
        return []
    households = Table(
        heading=_("Credited to households (yuan)"),
        columns=[
            _("Head of household"), _("Number ends in"), *map(str, IncomeKind.labels), _("Total")
        ],
        rows=[
            [row.head, row.household, *map(yuan, row.kinds_fen), yuan(row.credited_fen)]
            for row in notice.rows
        ],
        numeric_from=2,
        totals=[
            _("Total"), "", *map(yuan, notice.total_kinds_fen), yuan(notice.total["credited_fen"])
        ],
    )  # fmt: skip
    village = Table(
        heading=_("The village (yuan)"),
        columns=[_("Figure"), _("Amount")],
        rows=[[label, amount] for label, amount in village_figures(notice)],
        numeric_from=1,
    )
    return [households, village]


def village_figures(notice: Content) -> list[tuple[str, str]]:
    """The village's totals in words and yuan."""
    total = notice.total or {}
    paid_out = total["paid_out_fen"]
    return [
        (_("Net sales of producers located here"), yuan(total["sales_fen"])),
        (_("Credited to the village collective"), yuan(total["collective_fen"])),
        (_("Paid out"), _("not shown: too few") if paid_out is None else yuan(paid_out)),
        (
            _("Households credited, of those registered"),
            f"{total['households']} / {total['registered']}",
        ),
    ]
