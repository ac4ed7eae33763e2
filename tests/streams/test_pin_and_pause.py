import pytest
from django.db import IntegrityError, transaction

from lukou_market.streams.errors import OfferNotFound, SessionNotFound, SessionStatusWrong
from lukou_market.streams.models import LiveSession
from lukou_market.streams.pause_offer import set_paused
from lukou_market.streams.pin_offer import pin_offer
from tests.factories import make_offer, make_session

pytestmark = pytest.mark.django_db


def pinned(session: LiveSession) -> int | None:
    return LiveSession.objects.values_list("pinned_offer", flat=True).get(pk=session.pk)


def test_an_offer_is_pinned_and_taken_down_again() -> None:
    offer = make_offer()
    pin_offer(session_id=offer.session.pk, offer_id=offer.pk)
    assert pinned(offer.session) == offer.pk
    pin_offer(session_id=offer.session.pk, offer_id=None)
    assert pinned(offer.session) is None


def test_another_sessions_offer_is_not_pinned() -> None:
    offer, session = make_offer(), make_session()
    with pytest.raises(OfferNotFound):
        pin_offer(session_id=session.pk, offer_id=offer.pk)
    assert pinned(session) is None


def test_nothing_is_pinned_after_the_end() -> None:
    offer = make_offer(make_session("ended"))
    with pytest.raises(SessionStatusWrong):
        pin_offer(session_id=offer.session.pk, offer_id=offer.pk)
    assert pinned(offer.session) is None


def test_a_session_that_does_not_exist_pins_nothing() -> None:
    with pytest.raises(SessionNotFound):
        pin_offer(session_id=2**70, offer_id=None)


def test_an_offer_is_paused_and_reopened() -> None:
    offer = make_offer()
    for paused in (True, False):
        set_paused(offer_id=offer.pk, paused=paused)
        offer.refresh_from_db()
        assert offer.paused is paused


def test_an_offer_that_does_not_exist_can_not_be_paused() -> None:
    with pytest.raises(OfferNotFound):
        set_paused(offer_id=2**70, paused=True)


def test_every_change_of_the_pin_is_kept_once() -> None:
    session = make_session()
    first, second = make_offer(session), make_offer(session)
    for offer in (first, first, second, None):
        pin_offer(session_id=session.pk, offer_id=offer.pk if offer else None)
    assert [change.offer for change in session.pin_changes.all()] == [first, second, None]


def test_what_was_pinned_can_not_be_rewritten() -> None:
    session = make_session()
    pin_offer(session_id=session.pk, offer_id=make_offer(session).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        session.pin_changes.update(offer=None)
    assert session.pin_changes.get().offer is not None
