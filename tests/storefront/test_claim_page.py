"""The page for spoiled goods, and who sees its photos."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lukou_market.accounts.models import Role
from lukou_market.fulfilment import keep_photo
from lukou_market.fulfilment.claim_models import Claim, ClaimPhoto
from lukou_market.fulfilment.errors import PhotoNotRead
from lukou_market.fulfilment.keep_photo import photo_link
from lukou_market.orders.models import Order
from lukou_market.payments.models import Refund
from tests.factories import make_staff, make_user, make_village
from tests.fulfilment.parcels import pack, ship, sold
from tests.fulfilment.photos import photo
from tests.storefront.pages import signed_in

pytestmark = pytest.mark.django_db
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_DIR = tmp_path


@pytest.fixture
def order(db: None) -> Order:
    order = sold(quantity=2)
    pack(order, 5000)
    ship(order)
    order.refresh_from_db()
    return order


def send(order: Order, *files: bytes, jin: str = "2") -> Any:
    photos = [SimpleUploadedFile("瓜.jpg", file, "image/jpeg") for file in files]
    form = {"spoiled_jin": jin, "note": "两个瓜坏了", "photos": photos}
    return signed_in(order.buyer).post(f"/orders/{order.number}/claim/", form, follow=True)


def test_two_jin_of_ten_are_a_fifth_of_the_price(order: Order) -> None:
    page = send(order, photo(), photo("PNG")).content.decode()
    assert (Refund.objects.get().amount_fen, Claim.objects.get().spoiled_g) == (1596, 1000)
    assert ClaimPhoto.objects.count() == 2 and page.count("/claims/photos/") == 4


@pytest.mark.parametrize("files", [(), (HTML,), (photo(), HTML), (photo(),) * 5])
def test_what_is_no_photo_is_told_and_nothing_is_asked(
    order: Order, files: tuple[bytes, ...]
) -> None:
    page = send(order, *files)
    assert page.context["form"].errors["photos"]
    assert not Refund.objects.exists() and not ClaimPhoto.objects.exists()
    if files == (HTML,):
        assert str(PhotoNotRead.sentence) in page.content.decode()


@pytest.mark.parametrize("jin", ["0", "-1", "much", "11", ""])
def test_a_weight_that_can_not_be_is_told(order: Order, jin: str) -> None:
    assert send(order, photo(), jin=jin).context["form"].errors
    assert not Refund.objects.exists()


def test_a_photo_is_shown_to_whom_it_concerns_only(order: Order) -> None:
    send(order, photo())
    link = photo_link(ClaimPhoto.objects.get())
    village = order.lines.get().producer.village
    here = make_staff("here", role=Role.CADRE, region=village)
    elsewhere = make_staff("elsewhere", role=Role.CADRE, region=make_village("430212102001"))
    assert order.session
    seen = {
        user.display_name: signed_in(user).get(link).status_code
        for user in (order.buyer, order.session.host.user, here, elsewhere, make_user("别人"))
    }
    assert seen == {"买家": 200, "主播": 200, "here": 200, "elsewhere": 404, "别人": 404}


def test_a_photo_is_sent_as_a_picture_that_nobody_keeps(order: Order) -> None:
    send(order, photo())
    answer = signed_in(order.buyer).get(photo_link(ClaimPhoto.objects.get()))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


def test_a_link_ends_and_can_not_be_guessed(
    order: Order, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(order, photo())
    link = photo_link(ClaimPhoto.objects.get())
    buyer = signed_in(order.buyer)
    assert client.get(link).status_code == 302
    assert buyer.get(link[:-4] + "abc/").status_code == 404
    assert buyer.get(f"/claims/photos/{ClaimPhoto.objects.get().pk}/").status_code == 404
    monkeypatch.setattr(keep_photo, "_LINK_LASTS", timedelta(seconds=-1))
    assert buyer.get(link).status_code == 404


def test_nobody_elses_order_is_claimed(order: Order) -> None:
    path = f"/orders/{order.number}/claim/"
    assert signed_in(make_user()).get(path).status_code == 404
    assert signed_in(make_user()).post(path, {"spoiled_jin": "1"}).status_code == 404
    assert not Refund.objects.exists()
