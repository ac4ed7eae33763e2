"""Checkouts and refunds in JSON."""

from typing import Any

from rest_framework import serializers

from lukou_market.payments.models import Refund

_LARGEST_FEN = 10**12


class AddressBody(serializers.Serializer[Any]):
    """Where the order goes."""

    recipient = serializers.CharField(max_length=40)
    phone = serializers.RegexField(r"^[0-9+][0-9 -]{5,19}$", max_length=20)
    text = serializers.CharField(max_length=200)


class CheckoutBody(serializers.Serializer[Any]):
    """Without `shown_due_fen`: the buyer has seen the goods' total, and nothing may be added."""

    address = AddressBody()
    voucher_code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, default=""
    )
    shown_due_fen = serializers.IntegerField(
        min_value=1,
        max_value=_LARGEST_FEN,
        required=False,
        allow_null=True,
        default=None,
        help_text="What the buyer was shown, with shipping and discount; else 409 total_changed.",
    )


class CheckoutAnswer(serializers.Serializer[Any]):
    checkout_url = serializers.URLField(help_text="Stripe's page: send the buyer there.")


class RefundBody(serializers.Serializer[Any]):
    """Without `amount_fen`: all that is left."""

    amount_fen = serializers.IntegerField(
        min_value=1, max_value=_LARGEST_FEN, required=False, allow_null=True, default=None
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RefundSerializer(serializers.ModelSerializer[Refund]):
    """A refund as the buyer sees it."""

    class Meta:
        model = Refund
        fields = ["id", "status", "amount_fen", "reason", "note", "requested_at", "settled_at"]
