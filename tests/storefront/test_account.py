"""A buyer's account: devices, addresses, data, and leaving."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.accounts.errors import AccountInUse, RefreshRefused
from lukou_market.accounts.models import RoleGrant, SignIn, User
from lukou_market.accounts.sign_ins import note_sign_in
from lukou_market.accounts.tokens import issue_tokens, renew_access
from lukou_market.addresses.address_book import keep_address
from lukou_market.addresses.models import SavedAddress
from lukou_market.aid.audit_books import audit_books
from lukou_market.orders.models import Order
from lukou_market.orders.share_receipt import share_receipt
from lukou_market.organisations.models import GroupOrder, MemberParcel
from tests.aid.sales import receive
from tests.factories import NOW, make_offer, make_user, place_paid
from tests.organisations.lists import make_organisation
from tests.storefront.pages import place_now, sentences, signed_in

pytestmark = pytest.mark.django_db


def on_device(user: User, agent: str) -> Client:
    """A browser that signed in, as the sign-in page notes it."""
    client = signed_in(user)
    note_sign_in(
        user=user, session_key=client.session.session_key or "", user_agent=agent,
        now=timezone.now(),
    )  # fmt: skip
    return client


def keep(user: User) -> SavedAddress:
    return keep_address(
        owner_id=user.pk, recipient="王小明", phone="13812345678", division="430211",
        street="黄河北路 1 号", now=timezone.now(),
    )  # fmt: skip


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_devices_are_listed_and_one_of_them_is_signed_out() -> None:
    buyer = make_user()
    phone = on_device(buyer, "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0")
    old = on_device(buyer, "Mozilla/5.0 (iPhone)")
    page = phone.get("/account/").content.decode()
    assert "微信" in page and "iPhone" in page
    phone.post(f"/account/sign-ins/{SignIn.objects.get(device='iPhone').pk}/end/")
    assert is_signed_in(phone) and not is_signed_in(old)


def test_signing_in_again_is_one_device_and_signing_out_is_none() -> None:
    buyer = make_user()
    client = on_device(buyer, "Android")
    key = client.session.session_key or ""
    note_sign_in(user=buyer, session_key=key, user_agent="Android", now=timezone.now())
    assert SignIn.objects.count() == 1
    client.post("/sign-out/")
    on_device(buyer, "iPhone")
    assert [one.device for one in SignIn.objects.all()] == ["iPhone"]


def test_nobody_ends_anothers_sign_in() -> None:
    mine = on_device(make_user(), "Android")
    signed_in(make_user()).post(f"/account/sign-ins/{SignIn.objects.get().pk}/end/")
    assert is_signed_in(mine)


def test_signing_out_everywhere_ends_every_session_and_refresh_token() -> None:
    buyer = make_user()
    here, noted = on_device(buyer, "Android"), on_device(buyer, "iPhone")
    unnoted, others = signed_in(buyer), signed_in(make_user())
    refresh = issue_tokens(buyer)["refresh"]
    here.post("/account/sign-out/")
    assert not any(is_signed_in(client) for client in (here, noted, unnoted))
    assert is_signed_in(others)
    with pytest.raises(RefreshRefused):
        renew_access(refresh)
    buyer.refresh_from_db()
    assert renew_access(issue_tokens(buyer)["refresh"])


def test_an_address_is_removed_by_its_owner_only() -> None:
    buyer = make_user()
    kept = keep(buyer)
    signed_in(make_user()).post(f"/account/addresses/{kept.pk}/forget/")
    assert "黄河北路" in signed_in(buyer).get("/account/").content.decode()
    signed_in(buyer).post(f"/account/addresses/{kept.pk}/forget/")
    assert not SavedAddress.objects.exists()


def test_the_data_taken_away_is_the_buyers_own_and_whole() -> None:
    buyer, offer = make_user(), make_offer()
    order = place_paid(buyer, offer)
    place_paid(make_user(), offer)
    keep(buyer)
    answer = signed_in(buyer).post("/account/data/")
    data = json.loads(answer.content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [one["number"] for one in data["orders"]] == [order.number]
    assert data["orders"][0]["address"] == order.address
    assert data["addresses"][0]["address"] == "湖南省株洲市天元区 黄河北路 1 号"
    assert data["phone"] == buyer.phone


def received_order(buyer: User) -> Order:
    order = place_paid(buyer, make_offer())
    receive(order)
    return order


def test_who_leaves_takes_receipts_and_members_along() -> None:
    buyer = make_user()
    order = received_order(buyer)
    token = share_receipt(buyer_id=buyer.pk, number=order.number, now=NOW)
    group = GroupOrder.objects.create(
        order=order, organisation=make_organisation(), list_digest="0" * 64
    )
    MemberParcel.objects.create(
        group_order=group, row=2, first_box=1, boxes=1,
        recipient="李四", phone="13911112222", address="湖南省株洲市",
    )  # fmt: skip
    signed_in(buyer).post("/account/delete/", {"sure": "1"})
    parcel = MemberParcel.objects.get()
    assert (parcel.recipient, parcel.phone, parcel.address, parcel.boxes) == ("—", "—", "—", 1)
    assert Client().get(f"/r/{token}").status_code == 404


def test_who_leaves_is_shredded_and_the_amounts_stay() -> None:
    buyer = make_user(phone="13855556666")
    order = received_order(buyer)
    keep(buyer)
    client = signed_in(buyer)
    client.post("/account/delete/", {"sure": "1"})
    order.refresh_from_db()
    assert (order.recipient, order.recipient_phone, order.address) == ("—", "—", "—")
    assert (order.status, order.total_fen) == ("received", 3990)
    assert not SavedAddress.objects.exists()
    assert not is_signed_in(client)
    buyer.refresh_from_db()
    assert (buyer.phone, buyer.display_name, buyer.is_active) == ("", "已注销", False)
    assert User.objects.for_phone("13855556666").pk != buyer.pk
    findings = audit_books(with_stripe=False).findings
    assert {finding.check for finding in findings} <= {"order ↔ payment"}  # it had no payment


@pytest.mark.parametrize("why", ["order", "role", "organisation"])
def test_nobody_leaves_in_the_middle_of_something(why: str) -> None:
    buyer = make_user()
    keep(buyer)
    if why == "order":
        place_now(buyer, make_offer())
    elif why == "organisation":
        make_organisation(manager=buyer)
    else:
        RoleGrant.objects.create(user=buyer, role="host")
    page = signed_in(buyer).post("/account/delete/", {"sure": "1"}, follow=True)
    assert str(AccountInUse.sentence) in sentences(page)
    assert SavedAddress.objects.exists()
    assert User.objects.get(pk=buyer.pk).is_active


def test_an_account_is_not_deleted_by_one_wrong_tap() -> None:
    buyer = make_user()
    signed_in(buyer).post("/account/delete/")
    assert User.objects.get(pk=buyer.pk).is_active
