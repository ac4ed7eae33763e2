"""The bank's result file: applied whole, or refused with the row that doesn't fit."""

import pytest

from lukou_market.accounts.models import User
from lukou_market.payouts.apply_bank_result import Applied, apply_bank_result
from lukou_market.payouts.errors import ResultRefused, SamePerson
from lukou_market.payouts.models import PayoutLine
from tests.factories import NOW, make_staff
from tests.payouts.books import make_payee, sent

pytestmark = pytest.mark.django_db

HEADER = "业务参考号,收款账号,金额(元),处理结果,失败原因"


@pytest.fixture
def lines(db: None) -> list[PayoutLine]:
    """Three lines at the bank: 10.00, 20.00, 30.00."""
    for fen in (1000, 2000, 3000):
        make_payee(wage=fen)
    return sent(make_staff("preparer"))


@pytest.fixture
def colleague(db: None) -> User:
    return make_staff("colleague")


def told(lines: list[PayoutLine], *results: str, header: str = HEADER) -> str:
    rows = [
        f"{line.reference},x,{line.amount_fen / 100:.2f},{result}"
        for line, result in zip(lines, results, strict=True)
    ]
    return "\r\n".join([header, *rows, ""])


def apply(lines: list[PayoutLine], text: str, by: User, encoding: str = "gb18030") -> Applied:
    content = text.encode(encoding)
    return apply_bank_result(batch_id=lines[0].batch_id, content=content, by=by, now=NOW)


def statuses() -> list[tuple[str, str]]:
    return list(PayoutLine.objects.order_by("pk").values_list("status", "reason"))


def test_the_brackets_of_a_column_may_be_chinese(lines: list[PayoutLine], colleague: User) -> None:
    header = HEADER.replace("(", "\uff08").replace(")", "\uff09")
    assert (
        apply(lines, told(lines, "成功,", "成功,", "成功,", header=header), colleague).confirmed
        == 3
    )


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_rows_are_confirmed_bounced_or_left_open(
    lines: list[PayoutLine], colleague: User, encoding: str
) -> None:
    text = told(lines, "成功,", "失败,户名不符", "处理中,")
    assert apply(lines, text, colleague, encoding) == Applied(1, 1)
    assert statuses() == [("confirmed", ""), ("bounced", "户名不符"), ("prepared", "")]
    assert apply(lines, text, colleague, encoding) == Applied(0, 0)


def test_a_failure_without_words_is_a_bounce_all_the_same(
    lines: list[PayoutLine], colleague: User
) -> None:
    text = told(lines, "失败", "成功", "成功", header="业务参考号,收款账号,金额(元),处理结果")
    assert apply(lines, text, colleague) == Applied(2, 1)
    assert statuses()[0] == ("bounced", "银行未说明原因")


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("20.00", "20.01", 3),
        ("20.00", "二十", 3),
        ("20.00", "NaN", 3),
        ("LK", "XX", 2),
        ("处理结果", "状态", 1),
        ("业务参考号", "流水号", 1),
    ],
)
def test_a_file_that_does_not_fit_changes_nothing(
    lines: list[PayoutLine], colleague: User, old: str, new: str, row: int
) -> None:
    text = told(lines, "成功,", "成功,", "失败,销户").replace(old, new)
    with pytest.raises(ResultRefused) as refused:
        apply(lines, text, colleague)
    assert refused.value.detail["row"] == row
    assert statuses() == [("prepared", "")] * 3


def test_a_line_named_twice_is_refused(lines: list[PayoutLine], colleague: User) -> None:
    text = told([*lines, lines[0]], "成功,", "成功,", "成功,", "失败,销户")
    with pytest.raises(ResultRefused):
        apply(lines, text, colleague)
    assert statuses() == [("prepared", "")] * 3


def test_what_is_no_text_is_refused(lines: list[PayoutLine], colleague: User) -> None:
    with pytest.raises(ResultRefused):
        apply_bank_result(
            batch_id=lines[0].batch_id, content=b"PK\x03\x04\xff\xff", by=colleague, now=NOW
        )


def test_who_prepared_does_not_upload(lines: list[PayoutLine]) -> None:
    with pytest.raises(SamePerson):
        apply(lines, told(lines, "成功,", "成功,", "成功,"), lines[0].prepared_by)
    assert statuses() == [("prepared", "")] * 3
