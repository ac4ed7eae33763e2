from datetime import timedelta
from typing import Any

import pytest

from lukou_market.kernel.errors import DomainError
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.errors import OfferTermsWrong, SessionStatusWrong, SkuAlreadyOffered
from lukou_market.streams.models import LiveSession, Offer
from tests.factories import NOW, make_offer, make_session, make_sku

pytestmark = pytest.mark.django_db
TERMS: dict[str, Any] = {"price_fen": 3990, "quota": 50, "limit_per_buyer": 2}


def refuse(error: type[DomainError], session: LiveSession, **terms: Any) -> None:
    """The offer is refused and none is added."""
    before = Offer.objects.count()
    terms = {"sku": terms.pop("sku", None) or make_sku(), **TERMS, **terms}
    with pytest.raises(error):
        add_offer(session=session, **terms)
    assert Offer.objects.count() == before


@pytest.mark.parametrize("status", ["scheduled", "live", "interrupted"])
def test_a_package_is_offered_before_and_while_the_session_runs(status: str) -> None:
    offer = add_offer(session=make_session(status), sku=make_sku(), **TERMS)
    assert (offer.left, offer.paused) == (50, False)


@pytest.mark.parametrize("status", ["ended", "cancelled"])
def test_nothing_is_offered_after_a_session(status: str) -> None:
    refuse(SessionStatusWrong, make_session(status))


def test_a_package_is_offered_once_in_a_session() -> None:
    offer = make_offer()
    refuse(SkuAlreadyOffered, offer.session, sku=offer.sku)


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("number", [0, -1, 2**31])
def test_terms_are_positive_and_of_this_world(term: str, number: int) -> None:
    refuse(OfferTermsWrong, make_session(), **{term: number})


def test_an_offer_closes_after_it_opens() -> None:
    refuse(OfferTermsWrong, make_session(), opens_at=NOW, closes_at=NOW - timedelta(seconds=1))
