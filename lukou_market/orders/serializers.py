"""Orders in JSON."""

from typing import Any

from rest_framework import serializers

from lukou_market.orders.models import Order, OrderLine

LARGEST_BIGINT = 2**63 - 1
MOST_UNITS = 9999
LONGEST_KEY = 80


class PlaceOrderBody(serializers.Serializer[Any]):
    """What the buyer's screen showed when they tapped."""

    offer = serializers.IntegerField(min_value=1, max_value=LARGEST_BIGINT)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_UNITS)
    shown_total_fen = serializers.IntegerField(min_value=1, max_value=LARGEST_BIGINT)


class PlacedOrderAnswer(serializers.Serializer[Any]):
    """The reservation: pay until `pay_by`."""

    number = serializers.CharField()
    status = serializers.CharField()
    total_fen = serializers.IntegerField()
    pay_by = serializers.DateTimeField()


class OrderLineSerializer(serializers.ModelSerializer[OrderLine]):
    sku = serializers.StringRelatedField[Any]()

    class Meta:
        model = OrderLine
        fields = ["offer", "sku", "quantity", "price_fen", "weight_g", "total_fen"]


class OrderSerializer(serializers.ModelSerializer[Order]):
    """An order as its buyer sees it."""

    lines = OrderLineSerializer(many=True)

    class Meta:
        model = Order
        fields = [
            "number", "session", "channel", "status", "status_at", "total_fen", "shipping_fen",
            "discount_fen", "due_fen", "refunded_fen",
            "placed_at", "pay_by", "paid_at", "lines",
        ]  # fmt: skip
