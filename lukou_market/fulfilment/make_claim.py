"""A buyer shows what came spoiled, and wants its price back."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from lukou_market.fulfilment.claim_models import Claim
from lukou_market.fulfilment.clean_photo import CleanPhoto
from lukou_market.fulfilment.errors import NotClaimable, PhotoMissing, SpoiledTooMuch
from lukou_market.fulfilment.keep_photo import keep_photo
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Order, Status
from lukou_market.payments.give_back import given_back_fen
from lukou_market.payments.request_refund import request_refund

MOST_PHOTOS = 4
_CAME = (Status.SHIPPED, Status.RECEIVED)


@transaction.atomic
def make_claim(
    *,
    buyer_id: int,
    number: str,
    spoiled_g: int,
    note: str,
    photos: Sequence[CleanPhoto],
    now: datetime,
) -> Claim:
    """Ask for the price of `spoiled_g` grams of what was sent; at least one photo shows them.

    Raises OrderNotFound, NotClaimable, SpoiledTooMuch, PhotoMissing, and what request_refund
    raises: one request at a time.
    """
    order = lock_own_order(number=number, buyer_id=buyer_id)
    if order.status not in _CAME:
        raise NotClaimable(order_status=order.status)
    if not photos:
        raise PhotoMissing
    sent_g = sent_weight_g(order)
    if not 0 < spoiled_g <= sent_g:
        raise SpoiledTooMuch
    refund = request_refund(
        buyer_id=buyer_id,
        number=number,
        amount_fen=spoiled_fen(order, spoiled_g=spoiled_g, sent_g=sent_g),
        note=note,
        now=now,
    )
    claim = Claim.objects.create(
        refund=refund,
        spoiled_g=spoiled_g,
        of_g=sent_g,
        decide_by=now + settings.DECIDE_CLAIM_WITHIN,
    )
    for photo in photos[:MOST_PHOTOS]:
        keep_photo(claim=claim, photo=photo)
    return claim


def sent_weight_g(order: Order) -> int:
    """What left the village of the order, in grams."""
    sent = order.shipments.exclude(shipped_at=None)
    grams: int = sent.aggregate(grams=Sum("packed_g", default=0))["grams"]
    return grams


def spoiled_fen(order: Order, *, spoiled_g: int, sent_g: int) -> int:
    """The share of what the goods still cost their buyer, in fen; a begun fen goes to them."""
    paid_fen = order.goods_due_fen - given_back_fen(order=order)
    return -(-paid_fen * spoiled_g // sent_g)
