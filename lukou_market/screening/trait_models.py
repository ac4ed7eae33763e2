"""What sales have in common, as digests, and which sales are still to be looked at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import append_only
from lukou_market.orders.models import Order


class SaleTrait(models.Model):
    """Who paid an order and from which device it came, where it goes, its village and session.

    What is personal is kept as a keyed digest: it can be compared, and not read.
    """

    class Kind(models.TextChoices):
        PAYER = "payer", _("Payer")
        DEVICE = "device", _("Phone or computer")
        ADDRESS = "address", _("Address")
        RECIPIENT = "recipient", _("Recipient's phone")
        VILLAGE = "village", _("Village")
        SESSION = "session", _("Live session")

    order = models.ForeignKey(Order, models.PROTECT, related_name="traits")
    kind = models.CharField(max_length=9, choices=Kind)
    digest = models.CharField(max_length=64)
    buyer_id = models.BigIntegerField()
    paid_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="sale_trait_once", fields=["order", "kind"])]
        indexes = [models.Index(name="sale_trait_shared", fields=["kind", "digest", "paid_at"])]
        triggers = append_only("sale_trait_kept")

    def __str__(self) -> str:
        return f"{self.kind} {self.order_id}"


class ScreeningDue(models.Model):
    """A paid order that is looked at again at `due_at`; after its last look the row goes."""

    order = models.OneToOneField(
        Order, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    look = models.PositiveSmallIntegerField(default=0, db_default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="screening_due", fields=["due_at"])]

    def __str__(self) -> str:
        return f"order {self.order_id} look {self.look}"
