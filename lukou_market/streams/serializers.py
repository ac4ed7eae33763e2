"""Live sessions and offers in JSON."""

from rest_framework import serializers

from lukou_market.streams.models import LiveSession, Offer


class OfferSerializer(serializers.ModelSerializer[Offer]):
    """What is sold, by whom, for how much."""

    sku = serializers.CharField(source="sku.name", help_text="Name of the package.")
    product = serializers.CharField(source="sku.product.name")
    producer = serializers.CharField(source="sku.product.producer.name")
    village = serializers.CharField(source="sku.product.producer.village.name")
    weight_g = serializers.IntegerField(source="sku.weight_g")
    price_per_jin_fen = serializers.IntegerField(help_text="Per 斤 (500 g), rounded half up.")
    left = serializers.IntegerField(help_text="Units that can still be ordered.")
    pinned = serializers.SerializerMethodField()

    class Meta:
        model = Offer
        fields = [
            "id", "sku", "product", "producer", "village", "weight_g", "price_fen",
            "price_per_jin_fen", "quota", "left", "limit_per_buyer", "opens_at", "closes_at",
            "paused", "pinned",
        ]  # fmt: skip

    def get_pinned(self, offer: Offer) -> bool:
        return offer.pk == offer.session.pinned_offer_id


class LiveSessionSerializer(serializers.ModelSerializer[LiveSession]):
    """A session as listed."""

    host = serializers.CharField(source="host.user.display_name")
    village = serializers.CharField(source="host.village.name")

    class Meta:
        model = LiveSession
        fields = [
            "id", "title", "host", "village", "status", "scheduled_at", "started_at", "ended_at",
            "pinned_offer", "viewers",
        ]  # fmt: skip


class LiveSessionWithOffersSerializer(LiveSessionSerializer):
    """A session with all it sells."""

    offers = OfferSerializer(many=True)

    class Meta(LiveSessionSerializer.Meta):
        fields = [*LiveSessionSerializer.Meta.fields, "offers"]
