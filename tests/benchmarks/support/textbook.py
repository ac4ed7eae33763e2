"""The order view as it is usually written, for comparison: the ORM, a lock, one commit each."""

from datetime import timedelta
from typing import cast

from django.db import transaction
from django.db.models import Sum
from django.urls import path
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lukou_market.accounts.tokens import caller_id
from lukou_market.orders.models import Order, OrderLine
from lukou_market.streams.models import Offer


class TextbookView(APIView):
    """Lock the offer, look, write."""

    @transaction.atomic
    def post(self, request: Request) -> Response:
        """201, or 409 when the rules say no."""
        buyer_id, key = caller_id(request), request.headers["Idempotency-Key"]
        known = Order.objects.filter(buyer_id=buyer_id, idempotency_key=key).first()
        if known:
            return Response({"number": known.number}, status=201)
        asked = cast(dict[str, int], request.data)
        offers = Offer.objects.select_for_update(of=("self",))
        offer = offers.select_related("session", "sku__product").get(pk=asked["offer"])
        quantity = asked["quantity"]
        held = OrderLine.objects.filter(offer=offer, buyer_id=buyer_id, holds_stock=True)
        limit = offer.limit_per_buyer - (held.aggregate(sum=Sum("quantity"))["sum"] or 0)
        if not offer.session.takes_orders or quantity > min(limit, offer.left):
            return Response({"code": "refused"}, status=409)
        offer.taken += quantity
        offer.save(update_fields=["taken"])
        order = _write(offer, buyer_id, key, quantity)
        return Response({"number": order.number}, status=201)


def _write(offer: Offer, buyer_id: int, key: str, quantity: int) -> Order:
    now, total_fen = timezone.now(), offer.price_fen * quantity
    order = Order.objects.create(
        number=f"T{offer.pk}-{buyer_id}", buyer_id=buyer_id, session=offer.session, status_at=now,
        total_fen=total_fen, idempotency_key=key, body_hash=b"", placed_at=now,
        pay_by=now + timedelta(minutes=15),
    )  # fmt: skip
    OrderLine.objects.create(
        order=order, offer=offer, buyer_id=buyer_id, sku=offer.sku, quantity=quantity,
        producer_id=offer.sku.product.producer_id, price_fen=offer.price_fen,
        weight_g=offer.sku.weight_g * quantity, total_fen=total_fen,
    )  # fmt: skip
    return order


urlpatterns = [path("api/v1/orders/", TextbookView.as_view())]
