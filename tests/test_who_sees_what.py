"""Every address × everybody who is not the buyer: nobody meets what is the buyer's own.

Addresses come from the resolver, so a new one fails here until a rule below covers it. Lists and
forms of the admin are held to their regions by `tests/cadre/test_scope.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.fulfilment.keep_photo import keep_photo, photo_link
from lukou_market.fulfilment.models import Claim
from lukou_market.orders.address import Address, set_address
from lukou_market.orders.models import Order, OrderEvent, ReceiptLink
from lukou_market.orders.share_receipt import share_receipt
from lukou_market.organisations.address_list import read_address_list
from lukou_market.organisations.models import MemberParcel
from lukou_market.organisations.order_for_members import order_for_members
from lukou_market.payments.models import Payment, Refund
from lukou_market.streams.models import ChatMessage
from tests.factories import (
    make_host,
    make_household,
    make_offer,
    make_session,
    make_user,
    make_village,
    place_paid,
)
from tests.fulfilment.photos import cleaned, photo
from tests.organisations.lists import filled, make_organisation, member

pytestmark = pytest.mark.django_db

OPEN, MINE, REFUSED = "open to everybody", "the asker's own", "somebody else's"
RULES = {
    r"^$|^sign-|^healthz$|^i18n/|^api/v1/(schema|docs|auth|webhooks)/|^live/": OPEN,
    r"^manifest|^r/<slug:token>": OPEN,  # the token here is one that was made up
    r"^reports/": OPEN,  # published reports of villages
    r"^verify/": OPEN,  # which report a paper is, without its figures
    r"^api/v1/live-sessions/|^places/$": OPEN,
    r"^(public-notices|objections|statements)/": OPEN,  # a card by its own number only
    r"^api/v1/households/": REFUSED,
    r"^(orders/|organisation/|api/v1/orders/|messages/|messages/texts/)$": MINE,
    r"^organisation/(template|order)/$|^account/": MINE,
    r"^(api/v1/)?(orders|organisation)/<slug:number>/": REFUSED,
    r"^studio/moderating/$": MINE,  # rooms that hosts let the asker keep
    r"^claims/photos/": REFUSED,
    r"^(studio|admin|internal)/": REFUSED,
}
WHERE = Address("司马收件", "13755556666", "湖南省长沙市芙蓉路 99 号")
ADDRESSES_OF_ADMIN_ROWS = re.compile(
    r"^admin/((?!trace|statements)\w+/\w+/|.*(app_label|url>)|autocomplete|r/|jsi18n|login|logout)"
)


def rule_of(route: str) -> str | None:
    return next((rule for pattern, rule in RULES.items() if re.search(pattern, route)), None)


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    for part in (resolver or get_resolver()).url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from routes(part, route)
        elif isinstance(part, URLPattern) and not ADDRESSES_OF_ADMIN_ROWS.match(route):
            yield route


@dataclass
class Theirs:
    """What one buyer has, and what an address of it is filled in with."""

    values: dict[str, object]
    secrets: list[str]
    rows: list[Model]

    def path(self, route: str) -> str:
        """The address of what is this buyer's. KeyError: say above what it is filled in with."""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda hole: str(self.values[hole[1]]), route)

    def unchanged(self) -> bool:
        for row in self.rows:
            now = type(row)._base_manager.get(pk=row.pk)
            if now.__dict__ | {"_state": 0} != row.__dict__ | {"_state": 0}:
                return False
        return True


@pytest.fixture
def theirs(settings: Any, tmp_path: Path) -> Theirs:
    """A buyer with a paid order, a claim with a photo, a receipt and an organisation's list."""
    now, settings.PRIVATE_DIR = timezone.now(), tmp_path
    room = make_session()
    offer = make_offer(room, organisations_until=now + timedelta(days=1))
    organisation = make_organisation(manager=make_user("欧阳买家", "13998765432"))
    buyer = organisation.manager
    order = place_paid(buyer, offer, now=now)
    set_address(order=order, address=WHERE)
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=now, checked_at=now
    )
    refund = Refund.objects.create(
        payment=payment, status="requested", reason="buyer", amount_fen=1, requested_at=now,
        next_attempt_at=now,
    )  # fmt: skip
    claim = Claim.objects.create(refund=refund, spoiled_g=1, of_g=2500, decide_by=now)
    shown = keep_photo(claim=claim, photo=cleaned(photo()))
    token = share_receipt(buyer_id=buyer.pk, number=order.number, now=now)
    listed = read_address_list(filled([member(77)]))
    group = order_for_members(
        organisation=organisation, offer_id=offer.pk, listed=listed,
        shown_price_fen=offer.price_fen, now=now,
    ).order  # fmt: skip
    message = ChatMessage.objects.create(session=room, author=buyer, text="好吃")
    household = make_household()
    rows = [Order.objects.get(pk=order.pk), Order.objects.get(pk=group.pk), payment, refund]
    return Theirs(
        values={
            "session_id": room.pk, "number": order.number, "token": "x" * 32,
            "offer_id": offer.pk, "message_id": message.pk, "person_id": buyer.pk,
            "user_id": buyer.pk,
            "refund_id": refund.pk, "pk": household.pk, "month": "2026-06", "target_id": 1,
            "language": "zh-hans", "code": "430212101001",
            "village": "430212101001", "sha256": "0" * 64, "kind": "pdf",
            "file_format": "xlsx",
            "signed": photo_link(shown).split("/")[-2],
        },
        secrets=[
            buyer.phone, "欧阳买家", WHERE.text, WHERE.recipient,
            WHERE.phone, token, "成员77", "黄河北路 77 号", group.number,
        ],
        rows=[type(row)._base_manager.get(pk=row.pk) for row in rows],
    )  # fmt: skip


def everybody_else() -> dict[str, User | None]:
    other_buyer = make_user("另一买家")
    elsewhere = make_village("430212102001")
    host = make_host(village=elsewhere).user
    packer = make_user("别村打包员")
    RoleGrant.objects.create(user=packer, role=Role.PACKER, region=elsewhere)
    return {"nobody": None, "a buyer": other_buyer, "a host": host, "a packer": packer}


def asked(user: User | None, method: str, path: str) -> Any:
    client = Client(raise_request_exception=False)
    headers = {}
    if user and path.startswith("/api/"):
        headers["Authorization"] = f"Bearer {issue_tokens(user)['access']}"
    elif user:
        client.force_login(user)
    if method == "POST":
        return client.post(path, "{}", content_type="application/json", headers=headers)
    return client.get(path, headers=headers)


def told(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{body.decode(errors='ignore')} {dict(answer.headers)}"


def test_every_address_has_a_rule() -> None:
    found = set(routes())
    assert len(found) > 80
    assert [route for route in found if rule_of(route) is None] == []


@pytest.mark.parametrize("who", ["nobody", "a buyer", "a host", "a packer"])
def test_nobody_meets_what_is_another_buyers(theirs: Theirs, who: str, empty_redis: None) -> None:
    user = everybody_else()[who]
    links, events = ReceiptLink.objects.count(), OrderEvent.objects.count()
    wrong: list[str] = []
    for route in sorted(set(routes())):
        path = theirs.path(route)
        for method in ("GET", "POST"):
            answer = asked(user, method, path)
            at = f"{method} {path} as {who}: {answer.status_code}"
            leaked = [secret for secret in theirs.secrets if secret in told(answer)]
            if leaked or answer.status_code >= 500:
                wrong.append(f"{at} {leaked}")
            refused = answer.status_code in (302, 400, 401, 403, 404, 405, 415)
            own = who in ("a host", "a packer") and route.startswith("studio/") and "<" not in route
            if rule_of(route) == REFUSED and not refused and not own:
                wrong.append(f"{at} is not refused")
    assert wrong == []
    assert theirs.unchanged() and MemberParcel.objects.count() == 1
    assert (ReceiptLink.objects.count(), OrderEvent.objects.count()) == (links, events)
