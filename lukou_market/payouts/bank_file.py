"""The file a bank's batch payment tool reads: seven columns, GB18030, CRLF.

The columns are those such tools ask for, in their usual order: a running number, where the
money goes (account, holder, bank), how much (yuan, two decimals), what the statement shows, and
a reference the bank gives back. GB18030 and not UTF-8: these tools and Excel on a Chinese Windows
expect it, and it has every character a name may have. The header is in Chinese whoever asks.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from lukou_market.payouts.models import PayoutLine

ENCODING = "gb18030"
REFERENCE, AMOUNT = "业务参考号", "金额(元)"
HEADER = ("序号", "收款账号", "收款户名", "开户行", AMOUNT, "用途", REFERENCE)
_FORMULA_BEGINS_WITH = ("=", "+", "-", "@", "\t", "\r")


def bank_file(lines: Iterable[PayoutLine]) -> bytes:
    """The same lines, in the same order, always give the same bytes."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(HEADER)
    for n, line in enumerate(lines, start=1):
        rows.writerow(
            [
                str(n),
                _plain(line.number),
                _plain(line.holder),
                _plain(line.bank),
                _yuan(line.amount_fen),
                f"助农收益{line.batch.month:%Y%m}",
                line.reference,
            ]
        )
    return text.getvalue().encode(ENCODING)


def _yuan(amount_fen: int) -> str:
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def _plain(text: str) -> str:
    """Text a spreadsheet takes for text, even if somebody got a formula into the register."""
    return f"'{text}" if text.startswith(_FORMULA_BEGINS_WITH) else text
