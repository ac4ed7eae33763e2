"""The bank's result file: a row for each line, paid or sent back with a reason."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from io import StringIO

from django.db import transaction
from django.utils.translation import gettext as _

from lukou_market.accounts.models import User
from lukou_market.payouts.bank_file import AMOUNT, ENCODING, REFERENCE
from lukou_market.payouts.decide_lines import bounce_lines, confirm_lines
from lukou_market.payouts.errors import ResultRefused
from lukou_market.payouts.models import PayoutLine

RESULT, REASON = "处理结果", "失败原因"
PAID, FAILED = "成功", "失败"
_UNSAID = "银行未说明原因"


@dataclass(frozen=True, slots=True)
class Applied:
    """How many lines the file newly confirmed and bounced."""

    confirmed: int
    bounced: int


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    reference: str
    amount: str
    result: str
    reason: str


@transaction.atomic
def apply_bank_result(*, batch_id: int, content: bytes, by: User, now: datetime) -> Applied:
    """Confirm and bounce what the file says; rows neither paid nor failed stay open.

    The same file again changes nothing. Raises ResultRefused, naming the row, when a column is
    missing or a row fits no line of the batch, and what confirming and bouncing raise.
    """
    rows = PayoutLine.objects.filter(batch_id=batch_id)
    lines = {line.reference: line for line in rows.defer("holder", "number")}
    paid: set[int] = set()
    failed: dict[str, set[int]] = defaultdict(set)
    for row in _rows(content):
        line = lines.pop(row.reference, None)
        if line is None:
            raise ResultRefused(row.number, _("no line of this batch, or named twice."))
        if _fen(row) != line.amount_fen:
            raise ResultRefused(row.number, _("not the amount that was prepared."))
        if row.result == PAID:
            paid.add(line.pk)
        elif row.result == FAILED:
            failed[row.reason[:120] or _UNSAID].add(line.pk)
    return Applied(
        confirm_lines(line_ids=paid, by=by, now=now),
        sum(
            bounce_lines(line_ids=ids, reason=reason, by=by, now=now)
            for reason, ids in sorted(failed.items())
        ),
    )


def _rows(content: bytes) -> Iterator[_Row]:
    """Columns are found by their names, in any order. Raises ResultRefused."""
    reader = csv.DictReader(StringIO(_text(content), newline=""), restval="")
    names = {_narrow(name): name for name in reader.fieldnames or []}
    for wanted in (REFERENCE, AMOUNT, RESULT):
        if _narrow(wanted) not in names:
            raise ResultRefused(1, _("the column %(name)s is missing.") % {"name": wanted})
    for number, row in enumerate(reader, start=2):
        cells = [
            str(row.get(names.get(_narrow(wanted), ""), "") or "").strip()
            for wanted in (REFERENCE, AMOUNT, RESULT, REASON)
        ]
        if any(cells):
            yield _Row(number, *cells)


def _text(content: bytes) -> str:
    """UTF-8 if it is that, with or without a mark; else GB18030. Raises ResultRefused."""
    for encoding in ("utf-8-sig", ENCODING):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ResultRefused(1, _("this is no text in UTF-8 or GB18030."))


def _narrow(name: str) -> str:
    """Banks write the brackets as they like."""
    return name.strip().replace("\uff08", "(").replace("\uff09", ")")


def _fen(row: _Row) -> int | None:
    try:
        fen = Decimal(row.amount.replace(",", "")) * 100
    except InvalidOperation:
        return None
    return int(fen) if fen.is_finite() and fen == int(fen) else None
