"""What the bank gets, and what stays on record of it."""

import csv
import hashlib
from io import StringIO

import pytest
from django.db import IntegrityError, connection, transaction

from lukou_market.payouts.create_bank_file import create_bank_file
from lukou_market.payouts.decide_lines import bounce_lines
from lukou_market.payouts.errors import AlreadyAnswered, ReasonMissing
from lukou_market.payouts.models import PayoutFile, PayoutLine
from tests.factories import NOW, make_household, make_staff
from tests.payouts.books import credit, make_account, make_payee, prepare

pytestmark = pytest.mark.django_db


def test_the_file_reads_as_the_bank_wants_it() -> None:
    household = make_household()
    make_account(household, holder="买买提·㐂明", number="6228480402564890018")
    credit(household, "wage", 123456)
    batch = prepare(make_staff("a")).batch
    content = create_bank_file(batch_id=batch.pk, by=make_staff("b"), reason="六月", now=NOW)
    line = PayoutLine.objects.get()
    assert content.decode("gb18030") == (
        "序号,收款账号,收款户名,开户行,金额(元),用途,业务参考号\r\n"
        f"1,6228480402564890018,买买提·㐂明,株洲农商银行朱亭支行,1234.56,助农收益202606,{line.reference}\r\n"
    )


def test_each_creation_is_on_record_and_gives_the_same_bytes() -> None:
    make_payee(wage=5)
    make_payee(business=100)
    batch, one, other = prepare(make_staff("a")).batch, make_staff("b"), make_staff("c")
    first = create_bank_file(batch_id=batch.pk, by=one, reason="送银行", now=NOW)
    again = create_bank_file(batch_id=batch.pk, by=other, reason=" 优盘坏了 ", now=NOW)
    assert first == again
    kept = PayoutFile.objects.order_by("pk").values_list("created_by", "reason", "total_fen")
    assert list(kept) == [(one.pk, "送银行", 105), (other.pk, "优盘坏了", 105)]
    assert {file.sha256 for file in PayoutFile.objects.all()} == {hashlib.sha256(first).hexdigest()}


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_there_is_no_file(reason: str) -> None:
    make_payee(wage=5)
    batch = prepare(make_staff("a")).batch
    with pytest.raises(ReasonMissing):
        create_bank_file(batch_id=batch.pk, by=make_staff("b"), reason=reason, now=NOW)
    assert not PayoutFile.objects.exists()


def test_once_the_bank_has_answered_nothing_is_sent_again() -> None:
    make_payee(wage=5)
    make_payee(wage=6)
    batch = prepare(make_staff("a")).batch
    line = PayoutLine.objects.first()
    assert line is not None
    bounce_lines(line_ids=[line.pk], reason="销户", by=make_staff("b"), now=NOW)
    with pytest.raises(AlreadyAnswered):
        create_bank_file(batch_id=batch.pk, by=make_staff("c"), reason="再送", now=NOW)
    assert not PayoutFile.objects.exists()


@pytest.mark.parametrize("holder", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_name_is_never_a_formula(holder: str) -> None:
    household = make_household()
    make_account(household, holder=holder)
    credit(household, "wage", 5)
    batch = prepare(make_staff("a")).batch
    content = create_bank_file(batch_id=batch.pk, by=make_staff("b"), reason="试", now=NOW)
    rows = list(csv.reader(StringIO(content.decode("gb18030"), newline="")))
    assert rows[1][2] == f"'{holder}"


@pytest.mark.parametrize(
    "statement", ["UPDATE payouts_payoutfile SET reason = 'x'", "DELETE FROM payouts_payoutfile"]
)
def test_the_record_is_for_good(statement: str) -> None:
    make_payee(wage=5)
    batch = prepare(make_staff("a")).batch
    create_bank_file(batch_id=batch.pk, by=make_staff("b"), reason="送", now=NOW)
    with (
        pytest.raises(IntegrityError, match="payout_file_kept"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
