from datetime import timedelta
from typing import Any

import pytest

from lukou_market.streams.errors import OfferTermsWrong, SessionStatusWrong
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.start_flash_offer import start_flash_offer
from tests.factories import NOW, make_offer, make_session, make_sku

pytestmark = pytest.mark.django_db
TERMS: dict[str, Any] = {"price_fen": 990, "quota": 10, "limit_per_buyer": 1, "seconds": 60}


@pytest.mark.parametrize("status", ["live", "interrupted"])
def test_a_flash_offer_is_open_from_now_on_and_pinned(status: str) -> None:
    session = make_session(status)
    offer = start_flash_offer(session_id=session.pk, sku=make_sku(), now=NOW, **TERMS)
    session.refresh_from_db()
    assert (offer.opens_at, offer.closes_at) == (NOW, NOW + timedelta(minutes=1))
    assert session.pinned_offer == offer


def test_a_package_on_sale_may_be_in_several_flash_offers_too() -> None:
    regular = make_offer()
    for _ in range(2):
        start_flash_offer(session_id=regular.session_id, sku=regular.sku, now=NOW, **TERMS)
    assert Offer.objects.filter(session=regular.session_id, sku=regular.sku).count() == 3


@pytest.mark.parametrize("status", ["scheduled", "ended", "cancelled"])
def test_only_a_running_session_has_flash_offers(status: str) -> None:
    session = make_session(status)
    with pytest.raises(SessionStatusWrong):
        start_flash_offer(session_id=session.pk, sku=make_sku(), now=NOW, **TERMS)
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        *({"seconds": seconds} for seconds in (0, -1, 3601, 10**20)),
        {"quota": 0},
        {"price_fen": 0},
    ],
)
def test_wrong_terms_start_nothing(wrong: dict[str, int]) -> None:
    session = make_session()
    with pytest.raises(OfferTermsWrong):
        start_flash_offer(session_id=session.pk, sku=make_sku(), now=NOW, **TERMS | wrong)
    assert not Offer.objects.exists()
    assert LiveSession.objects.get().pinned_offer is None
