"""Pages, in the words of the tests."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.orders.models import Order
from lukou_market.streams.models import Offer
from tests.factories import place


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sentences(response: Any) -> list[str]:
    """What the page that was shown in the end says to the user."""
    return [str(message) for message in response.context["messages"]]


def tap(client: Client, offer: Offer, /, *, follow: bool = True, **changes: Any) -> HttpResponse:
    """A tap on the order button of `offer`."""
    form = {
        "offer": offer.pk,
        "quantity": 1,
        "shown_price_fen": offer.price_fen,
        "key": str(uuid.uuid4()),
    }
    path = f"/live/{offer.session_id}/order/"
    response: HttpResponse = client.post(path, form | changes, follow=follow)  # type: ignore[assignment]
    return response


def place_now(buyer: User, offer: Offer, quantity: int = 1) -> Order:
    """An order whose time to pay begins now: pages live in real time."""
    return place(buyer, offer, quantity, now=timezone.now())
