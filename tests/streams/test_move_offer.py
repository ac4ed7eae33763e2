import pytest

from lukou_market.streams.errors import OfferNotFound, SessionNotFound
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.move_offer import move_offer
from tests.factories import make_offer, make_session

pytestmark = pytest.mark.django_db


def order_of(session: LiveSession) -> list[int]:
    return list(Offer.objects.filter(session=session).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("moved", "position", "expected"),
    [(2, 0, [2, 0, 1]), (0, 1, [1, 0, 2]), (0, 99, [1, 2, 0]), (1, -5, [1, 0, 2])],
)
def test_an_offer_goes_to_its_place_and_the_others_make_room(
    moved: int, position: int, expected: list[int]
) -> None:
    session = make_session()
    offers = [make_offer(session).pk for _ in range(3)]
    move_offer(session_id=session.pk, offer_id=offers[moved], position=position)
    assert order_of(session) == [offers[index] for index in expected]
    assert list(Offer.objects.values_list("position", flat=True)) == [0, 1, 2]


def test_another_sessions_offer_stays_where_it_is() -> None:
    offer, session = make_offer(position=3), make_session()
    with pytest.raises(OfferNotFound):
        move_offer(session_id=session.pk, offer_id=offer.pk, position=0)
    with pytest.raises(SessionNotFound):
        move_offer(session_id=2**70, offer_id=offer.pk, position=0)
    offer.refresh_from_db()
    assert offer.position == 3
