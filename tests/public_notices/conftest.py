"""June of a village where three households were credited, and its report on the way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from lukou_market.public_notices.models import Objection, PublicNotice
from lukou_market.public_notices.object_to_notice import object_to_notice
from lukou_market.public_notices.post_notice import post_notice
from tests.aid.conftest import refused
from tests.aid.months import IN_JULY, IN_JUNE, JUNE, Books
from tests.factories import make_household, make_link
from tests.village_reports.conftest import books, cadres
from tests.village_reports.people import Cadres

__all__ = ["books", "cadres", "refused"]


@dataclass
class Village:
    """Its cadres and its books; 10 yuan were sold in June, 3 households share them."""

    cadres: Cadres
    books: Books

    def approve(self, *, remark: str = "") -> None:
        """The report of June goes its whole way."""
        report = self.cadres.review(self.cadres.prepare(remark=remark))
        self.cadres.close()
        self.cadres.approve(report)

    def post(self, *, now: datetime = IN_JULY, **given: Any) -> PublicNotice:
        """By the village's cadre."""
        return post_notice(
            village=self.cadres.place, month=JUNE, posted_by=self.cadres.village, now=now, **given
        )

    def object(self, notice: PublicNotice, *, now: datetime = IN_JULY, **given: str) -> Objection:
        """Somebody, from a phone."""
        return object_to_notice(notice=notice, **({"text": "我家 6 月的货款少了"} | given), now=now)


@pytest.fixture
def alone(cadres: Cadres, books: Books) -> Village:
    """Only one household was credited."""
    return Village(cadres, books)


@pytest.fixture
def village(alone: Village) -> Village:
    """Two more households share in a second sale."""
    since = IN_JUNE + timedelta(hours=1)
    for head in ("王小发", "欧阳海"):
        make_link(alone.books.producer, make_household(head=head), 1000, since=since)
    alone.books.sale(now=since + timedelta(hours=1))
    return alone


@pytest.fixture
def notice(village: Village) -> PublicNotice:
    """Posted in July."""
    village.approve()
    return village.post()
