"""Every address of the studio, for everybody who has no business there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.payments.models import Payment, Refund
from lukou_market.streams.models import ChatMessage, Host, Moderator, SimulcastTarget
from lukou_market.streams.stream_keys import stream_name
from lukou_market.studio.urls import urlpatterns
from tests.factories import (
    NOW,
    make_host,
    make_offer,
    make_session,
    make_user,
    make_village,
    place_paid,
)

pytestmark = pytest.mark.django_db

# Name → what is sent; None: the page is looked at. Every name in urls.py must be here.
FORMS: dict[str, dict[str, str] | None] = {
    "session": None,
    "figures": None,
    "camera-permit": None,
    "sheet": None,
    "workbook": None,
    "chat": None,
    "chat-rows": None,
    "hide-message": {},
    "restrict-author": {"step": "ban"},
    "copy": {},
    "move": {"step": "end"},
    "add-offer": {"price": "1", "quota": "1", "limit_per_buyer": "1"},
    "change-offer": {"step": "pause"},
    "flash": {"price": "1", "quota": "1", "seconds": "60", "limit_per_buyer": "1"},
    "notice": {"text": "x"},
    "new-key": {},
    "pack": {"packed_kg": "2.5"},
    "book": {"carrier": "ems"},
    "ship": {"carrier": "ems", "tracking_number": "E1"},
    "decide": {"decision": "approve"},
    "change-simulcast": {"step": "remove"},
}
ONES_OWN = {
    "sessions", "schedule", "packing", "packing-list", "labels", "refunds", "moderators",
    "moderating",
    "appoint-moderator", "dismiss-moderator", "simulcast", "add-simulcast",
}  # fmt: skip  # about nothing but what is the asker's
CHAT = {"chat", "chat-rows", "hide-message", "restrict-author"}
_WATCHED = (
    "streams_livesession", "streams_offer", "streams_streamkey", "streams_chatmessage",
    "streams_chatrestriction", "streams_moderator", "orders_order", "payments_refund",
    "fulfilment_shipment", "streams_simulcasttarget",
)  # fmt: skip


@pytest.fixture
def others(db: None, settings: Any) -> dict[str, Any]:
    """What belongs to host A, where pictures are taken in."""
    settings.INGEST_URL = "rtmp://studio.example:1935/live"
    offer = make_offer(make_session(host=make_host(make_user("主播甲"))))
    stream_name(offer.session)
    order = place_paid(make_user(), offer)
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=NOW, checked_at=NOW
    )
    refund = Refund.objects.create(
        payment=payment, status="requested", reason="buyer", amount_fen=1,
        requested_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip
    target = SimulcastTarget.objects.create(
        host=offer.session.host, name="平台", address="rtmp://live.example/app/key"
    )
    said = ChatMessage.objects.create(session=offer.session, author=order.buyer, text="甜吗")
    return {
        "host": offer.session.host,
        "session_id": offer.session_id,
        "offer_id": offer.pk,
        "number": order.number,
        "refund_id": refund.pk,
        "message_id": said.pk,
        "target_id": target.pk,
    }


def host_b(others: dict[str, Any]) -> User:
    return make_host(make_user("主播乙")).user


def moderator_of_b(others: dict[str, Any]) -> User:
    person = make_user("场控")
    Moderator.objects.create(host=make_host(make_user("主播乙")), person=person)
    return person


def moderator_of_a(others: dict[str, Any]) -> User:
    person = make_user("场控甲")
    Moderator.objects.create(host=others["host"], person=person)
    return person


def packer_elsewhere(others: dict[str, Any]) -> User:
    person = make_user("打包员")
    RoleGrant.objects.create(user=person, role=Role.PACKER, region=make_village("430212102001"))
    return person


def buyer(others: dict[str, Any]) -> User:
    return make_user()


def nobody(others: dict[str, Any]) -> None:
    return None


Who = Callable[[dict[str, Any]], User | None]
EVERYBODY_ELSE: list[Who] = [host_b, moderator_of_b, packer_elsewhere, buyer, nobody]
_LED_TO: dict[Who, str] = {
    packer_elsewhere: "/studio/packing/",
    moderator_of_b: "/studio/moderating/",
}
_ANSWERS = {"host_b": {404}}  # others may learn that the studio isn't for them


def address(name: str, others: dict[str, Any]) -> str:
    """The route of this name, filled in with what is host A's."""
    route = next(str(p.pattern) for p in urlpatterns if p.name == name)
    for key, value in others.items():
        for kind in ("int", "slug"):
            route = route.replace(f"<{kind}:{key}>", str(value))
    assert "<" not in route, f"say in `others` what {route} needs"
    return f"/studio/{route}"


def everything() -> list[Any]:
    """All rows that somebody could have changed."""
    with connection.cursor() as cursor:
        rows = []
        for table in _WATCHED:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            rows.append((table, cursor.fetchall()))
    return rows


def ask(client: Client, name: str, others: dict[str, Any]) -> Any:
    form, path = FORMS[name], address(name, others)
    return client.get(path) if form is None else client.post(path, form)


def test_every_address_is_tried() -> None:
    names = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert names - ONES_OWN == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_another_hosts_things_are_neither_shown_nor_changed(
    others: dict[str, Any], who: Who, name: str
) -> None:
    client = Client()
    user = who(others)
    if user is not None:
        client.force_login(user)
    before = everything()
    answer = ask(client, name, others)
    assert everything() == before
    if user is None:
        assert answer.headers["Location"].startswith("/sign-in/?next=")
    elif who in _LED_TO and answer.status_code == 302:
        assert answer.headers["Location"] == _LED_TO[who]
    else:
        assert answer.status_code in _ANSWERS.get(who.__name__, {403, 404})


@pytest.mark.parametrize("name", sorted(set(FORMS) - CHAT))
def test_a_moderator_keeps_the_chat_only(others: dict[str, Any], name: str) -> None:
    client = Client()
    client.force_login(moderator_of_a(others))
    before = everything()
    answer = ask(client, name, others)
    assert everything() == before
    assert answer.status_code in (403, 404) or answer.headers["Location"] == "/studio/moderating/"


@pytest.mark.parametrize("name", sorted(CHAT))
def test_a_moderator_keeps_the_chat(others: dict[str, Any], name: str) -> None:
    client = Client()
    client.force_login(moderator_of_a(others))
    assert ask(client, name, others).status_code in (200, 302)


@pytest.mark.parametrize("name", FORMS)
def test_their_host_reaches_each_of_them(others: dict[str, Any], name: str) -> None:
    host: Host = others["host"]
    client = Client()
    client.force_login(host.user)
    assert ask(client, name, others).status_code in (200, 302)
