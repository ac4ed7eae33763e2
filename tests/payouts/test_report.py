"""What was paid out stands in the aid-sales report, in the month the bank confirmed it."""

from datetime import UTC, date, datetime

import pytest

from lukou_market.payouts.decide_lines import confirm_lines
from lukou_market.reports.aid_sales import aid_sales
from lukou_market.reports.question import Question
from tests.factories import NOW, make_region, make_staff
from tests.payouts.books import DISTRICT, JUNE, make_payee, sent

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)
LAST_SECOND_OF_JUNE = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)  # in China


@pytest.mark.parametrize(
    ("confirmed_at", "in_june"),
    [(LAST_SECOND_OF_JUNE, 1500), (datetime(2026, 6, 30, 16, tzinfo=UTC), 0)],
)
def test_a_region_adds_up_what_its_households_got(confirmed_at: datetime, in_june: int) -> None:
    near, far = make_region("430212101001"), make_region("430212102001")
    make_payee("甲", near, wage=1000)
    make_payee("乙", near, business=500)
    make_payee("丙", far, wage=7)
    lines = [line.pk for line in sent(make_staff("a")) if line.household.village_id == near.pk]
    assert confirm_lines(line_ids=lines, by=make_staff("b"), now=confirmed_at) == 2
    for code in (DISTRICT, "430212101000", near.code):
        asked = Question(make_region(code), JUNE, JUNE)
        assert aid_sales(asked, now=NOW).credits.paid_fen == in_june
        later = Question(make_region(code), JULY, JULY)
        assert aid_sales(later, now=NOW).credits.paid_fen == 1500 - in_june
    village = aid_sales(Question(near, JUNE, JULY), now=NOW)
    assert {row.household.number: row.credits.paid_fen for row in village.households} == {
        "甲": 1000,
        "乙": 500,
    }
