"""A live room's state in the schema."""

from typing import Any

from rest_framework import serializers

from lukou_market.streams.models import LiveSession


class OfferStateAnswer(serializers.Serializer[Any]):
    """What changes of an offer while people look."""

    id = serializers.IntegerField()
    position = serializers.IntegerField(help_text="Offers are shown by position, then by id.")
    left = serializers.IntegerField()
    price_fen = serializers.IntegerField()
    open = serializers.BooleanField(help_text="Orders are taken now, as long as some are left.")
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)


class SaleAnswer(serializers.Serializer[Any]):
    """Somebody ordered, whatever has become of it since."""

    id = serializers.IntegerField()
    who = serializers.CharField(help_text="Masked.")
    quantity = serializers.IntegerField()
    offer = serializers.IntegerField()


class ChatMessageAnswer(serializers.Serializer[Any]):
    """Somebody said something."""

    id = serializers.IntegerField()
    who = serializers.CharField(help_text="Masked, unless it is the host.")
    text = serializers.CharField()
    said_at = serializers.DateTimeField()


class RoomStateAnswer(serializers.Serializer[Any]):
    """What changes of a live room while people look."""

    session = serializers.IntegerField()
    status = serializers.ChoiceField(LiveSession.Status.choices)
    picture = serializers.BooleanField(help_text="The host's camera is on.")
    notice = serializers.CharField(allow_blank=True, help_text="What the host has to say.")
    pinned_offer = serializers.IntegerField(allow_null=True)
    viewers = serializers.IntegerField(help_text="Different people so far, about 1 % off.")
    watching = serializers.IntegerField(help_text="People who look now.")
    hearts = serializers.IntegerField(help_text="Hearts that people have given so far.")
    offers = OfferStateAnswer(many=True)
    sold = SaleAnswer(many=True, help_text="The last five, oldest first.")
    chat = ChatMessageAnswer(many=True, help_text="The last twenty, oldest first.")
