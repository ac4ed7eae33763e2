"""The shapes of traces over HTTP."""

from typing import Any

from rest_framework import serializers

from lukou_market.households.models import IncomeKind
from lukou_market.orders.models import Channel

_Base = serializers.Serializer[Any]


class RuleSerializer(_Base):
    """The version of a benefit link that was in force when the order was placed."""

    mechanism = serializers.CharField()
    version = serializers.IntegerField()
    since = serializers.DateTimeField(help_text="In force from.")
    terms = serializers.CharField(help_text="The share or rate, in words.")
    lot = serializers.CharField(allow_blank=True, help_text="The harvest lots drawn on, if any.")


class CarrierSerializer(_Base):
    """A transfer of the book that carries the amount."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    batch = serializers.BooleanField(help_text="Whether it pays for many orders at once.")


class TraceRowSerializer(_Base):
    line = serializers.IntegerField(help_text="The order line's id.")
    kind = serializers.CharField(help_text="`producer`, `household`, `collective` or `platform`.")
    name = serializers.CharField(help_text="A household's name is masked.")
    village = serializers.CharField(allow_blank=True)
    mechanism = serializers.CharField(allow_blank=True)
    income_kind = serializers.CharField(allow_blank=True)
    rule = RuleSerializer(allow_null=True)
    amount_fen = serializers.IntegerField(help_text="After refunds.")
    refunded_fen = serializers.IntegerField()
    transfers = CarrierSerializer(many=True)


class LineTraceSerializer(_Base):
    """Its rows and their refunds sum to `total_fen`."""

    id = serializers.IntegerField()
    product = serializers.CharField()
    quantity = serializers.IntegerField()
    total_fen = serializers.IntegerField()
    transfers = CarrierSerializer(many=True)


class OrderTraceSerializer(_Base):
    """Rows sum to `net_fen`; net and refunds sum to the total."""

    number = serializers.CharField()
    basis = serializers.ChoiceField(["planned", "pending", "credited", "held"])
    total_fen = serializers.IntegerField()
    refunded_fen = serializers.IntegerField()
    net_fen = serializers.IntegerField()
    lines = LineTraceSerializer(many=True)
    rows = TraceRowSerializer(many=True)


class ChangeSerializer(_Base):
    """Amounts in fen. `pending_fen` is a change: paid and not yet received, and no aid."""

    pending_fen = serializers.IntegerField()
    credited_fen = serializers.IntegerField()
    reversed_fen = serializers.IntegerField(help_text="Taken back by refunds.")


class TracedLineSerializer(_Base):
    happened_at = serializers.DateTimeField()
    event = serializers.CharField(help_text="`paid`, `received` or `refund`.")
    order_number = serializers.CharField()
    buyer = serializers.CharField(allow_blank=True, help_text="Masked.")
    channel = serializers.ChoiceField(Channel.choices)
    line = serializers.IntegerField()
    producer = serializers.CharField()
    product = serializers.CharField()
    quantity = serializers.IntegerField()
    line_fen = serializers.IntegerField()
    income_kind = serializers.ChoiceField(IncomeKind.choices)
    rule = RuleSerializer(allow_null=True)
    change = ChangeSerializer()


class BookedShareSerializer(_Base):
    id = serializers.IntegerField()
    code = serializers.CharField()
    amount_fen = serializers.IntegerField()


class TracedBatchSerializer(_Base):
    """Where `whole`, `lines` sum to `transfers`; else the batch goes on on another page."""

    journal = serializers.IntegerField()
    posted_at = serializers.DateTimeField()
    whole = serializers.BooleanField()
    transfers = BookedShareSerializer(many=True)
    lines = TracedLineSerializer(many=True)


class HouseholdTraceSerializer(_Base):
    """The lines of all pages sum to `totals`."""

    number = serializers.CharField()
    first_month = serializers.DateField()
    last_month = serializers.DateField()
    totals = ChangeSerializer()
    batches = TracedBatchSerializer(many=True)
    next = serializers.CharField(
        allow_null=True, help_text="The `after` of the following page; null on the last."
    )


class SelectionSerializer(serializers.Serializer[Any]):
    """What of a household's money to follow."""

    first_month = serializers.RegexField(r"^20\d\d-(0[1-9]|1[0-2])$", help_text="Such as 2026-06.")
    last_month = serializers.RegexField(
        r"^20\d\d-(0[1-9]|1[0-2])$", required=False, help_text="The first month if left out."
    )
    channel = serializers.ChoiceField(Channel.choices, required=False, default="")
    income_kind = serializers.ChoiceField(IncomeKind.choices, required=False, default="")
    after = serializers.RegexField(
        r"^\d{1,18}-\d{1,18}$", required=False, default="", help_text="`next` of the page before."
    )
