"""Spoiled goods: what they are worth, who decides, what silence means."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lukou_market.fulfilment.claim_models import Claim
from lukou_market.fulfilment.decide_claims import decide_due_claims
from lukou_market.fulfilment.errors import NotClaimable, PhotoMissing, SpoiledTooMuch
from lukou_market.fulfilment.keep_photo import photo_path
from lukou_market.fulfilment.make_claim import make_claim
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order
from lukou_market.payments.decide_refund import reject_refund
from lukou_market.payments.errors import RefundInProgress
from lukou_market.payments.models import Refund
from tests.factories import NOW, make_offer, make_user
from tests.fulfilment.parcels import pack, ship, sold, stripe_gives_back
from tests.fulfilment.photos import cleaned, photo

pytestmark = pytest.mark.django_db
TOO_LATE = NOW + timedelta(hours=48)


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_DIR = tmp_path
    return tmp_path


def sent(price_fen: int = 3990, packed_g: int = 5000, **charges: Any) -> Order:
    """Two boxes of 2.5 kg, on their way."""
    order = sold(make_offer(price_fen=price_fen), quantity=2, **charges)
    pack(order, packed_g)
    ship(order)
    stripe_gives_back()
    order.refresh_from_db()
    return order


def claim(order: Order, spoiled_g: int = 1000, **changed: Any) -> Claim:
    given: dict[str, Any] = {
        "buyer_id": order.buyer_id, "number": order.number, "spoiled_g": spoiled_g,
        "note": "两个瓜坏了", "photos": [cleaned(photo())], "now": NOW,
    }  # fmt: skip
    return make_claim(**given | changed)


@pytest.mark.parametrize(("packed_g", "fen"), [(5000, 1596), (4900, 1596), (5500, 1451)])
def test_the_spoiled_share_of_what_was_paid_is_asked_back(packed_g: int, fen: int) -> None:
    made = claim(sent(packed_g=packed_g))
    refund = Refund.objects.get(reason="buyer")
    assert (refund.status, refund.amount_fen, made.refund) == ("requested", fen, refund)
    assert (made.of_g, made.decide_by) == (packed_g, TOO_LATE)


def test_all_of_it_is_all_that_is_left() -> None:
    order = sent(packed_g=4900)
    assert claim(order, 4900).refund.amount_fen == order.total_fen - order.refunded_fen


def test_with_a_voucher_all_of_it_is_what_the_buyer_paid_for_the_goods() -> None:
    order = sent(shipping_fen=800, discount_fen=1980)
    assert claim(order, 5000).refund.amount_fen == 6000


def test_photos_are_kept_where_no_server_serves_them(private: Path) -> None:
    clean = cleaned(photo())
    kept = claim(sent()).photos.get()
    assert photo_path(kept).read_bytes() == clean.jpeg and kept.sha256 == clean.sha256
    assert photo_path(kept).is_relative_to(private) and kept.key.hex in photo_path(kept).name


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"photos": []}, PhotoMissing),
        ({"spoiled_g": 5001}, SpoiledTooMuch),
        ({"spoiled_g": 0}, SpoiledTooMuch),
        ({"buyer_id": 0}, OrderNotFound),
    ],
)
def test_a_claim_without_reason_changes_nothing(
    private: Path, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    order = sent()
    with pytest.raises(refusal):
        claim(order, **changed)
    assert not Claim.objects.exists() and not Refund.objects.exists()
    assert list(private.iterdir()) == []


def test_nothing_spoils_before_it_is_sent() -> None:
    order = sold()
    pack(order)
    with pytest.raises(NotClaimable):
        claim(order)
    assert not Refund.objects.exists()


def test_a_second_tap_makes_no_second_claim() -> None:
    order = sent()
    claim(order)
    with pytest.raises(RefundInProgress):
        claim(order)
    assert Claim.objects.count() == 1


def test_silence_is_a_yes_up_to_the_limit() -> None:
    made = claim(sent())
    assert decide_due_claims(now=TOO_LATE - timedelta(seconds=1)) == 0
    assert decide_due_claims(now=TOO_LATE) == 1
    assert decide_due_claims(now=TOO_LATE) == 0
    made.refresh_from_db()
    assert (made.decided_by_time, made.refund.status) == (True, "approved")


def test_above_the_limit_the_cadres_decide() -> None:
    made = claim(sent(price_fen=30_000))
    assert decide_due_claims(now=TOO_LATE) == 1
    assert decide_due_claims(now=TOO_LATE) == 0
    made.refresh_from_db()
    assert (made.escalated_at, made.refund.status) == (TOO_LATE, "requested")


def test_a_decision_is_not_decided_again() -> None:
    made = claim(sent())
    reject_refund(refund_id=made.refund_id, now=NOW)
    assert decide_due_claims(now=TOO_LATE) == 0
    made.refresh_from_db()
    assert (made.decided_by_time, made.refund.status) == (False, "rejected")


def test_only_the_buyer_claims() -> None:
    with pytest.raises(OrderNotFound):
        claim(sent(), buyer_id=make_user().pk)
    assert not Claim.objects.exists()
