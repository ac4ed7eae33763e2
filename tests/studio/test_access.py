"""Who may enter the studio, and that nobody reaches into another host's session."""

from typing import Any

import pytest
from django.test import Client

from lukou_market.payments.models import Payment, Refund
from lukou_market.streams.models import Host, LiveSession, Offer
from tests.factories import (
    NOW,
    make_offer,
    make_session,
    make_sku,
    make_user,
    place_paid,
)

pytestmark = pytest.mark.django_db


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get("/studio/").headers["Location"] == "/sign-in/?next=/studio/"


@pytest.mark.parametrize("path", ["/studio/", "/studio/schedule/", "/studio/packing/"])
def test_who_is_no_host_learns_how_to_become_one(client: Client, path: str) -> None:
    client.force_login(make_user())
    page = client.get(path)
    assert page.status_code == 403
    assert "<ol>" in page.content.decode()


def test_who_is_no_host_changes_nothing(client: Client) -> None:
    client.force_login(make_user())
    form = {"title": "x", "scheduled_at": "2099-01-01T10:00"}
    assert client.post("/studio/schedule/", form).status_code == 403
    assert not LiveSession.objects.exists()


@pytest.fixture
def others(host: Host) -> dict[str, Any]:
    """What belongs to another host."""
    offer = make_offer()
    order = place_paid(make_user(), offer)
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=NOW, checked_at=NOW
    )
    refund = Refund.objects.create(
        payment=payment, status="requested", reason="buyer", amount_fen=1,
        requested_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip
    return {
        "session": offer.session_id,
        "offer": offer.pk,
        "number": order.number,
        "refund": refund.pk,
    }


def test_an_offer_of_another_host_is_not_reached_through_ones_own_session(
    console: Client, host: Host, others: dict[str, Any]
) -> None:
    mine = make_session(host=host)
    path = f"/studio/sessions/{mine.pk}/offers/{others['offer']}/"
    assert console.post(path, {"step": "pause"}).status_code == 404
    assert not Offer.objects.get().paused


def test_lists_show_only_ones_own(console: Client, host: Host, others: dict[str, Any]) -> None:
    mine = place_paid(make_user(), make_offer(make_session(host=host), sku=make_sku()))
    packing = console.get("/studio/packing/")
    assert [order for order, *_ in packing.context["to_pack"]] == [mine]
    assert list(console.get("/studio/").context["sessions"]) == [mine.session]
    assert list(console.get("/studio/refunds/").context["asked"]) == []
