"""What a buyer is told about an order, on the page and by text message."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import frozen_columns


class BuyerNotice(models.Model):
    """One thing that happened, told once. A trigger on the order's events writes it.

    `text_due_at` is empty once nobody need send a text any more; `texted_at` is written before
    the text leaves: one that is lost on the way is not sent again, for none may come twice.
    """

    class Kind(models.TextChoices):
        SHIPPED = "shipped", _("Shipped")
        REFUND = "refund", _("Refunded")
        LATE = "late", _("Late")

    order = models.ForeignKey("Order", models.PROTECT, related_name="notices")
    event = models.OneToOneField("OrderEvent", models.PROTECT, null=True, related_name="notice")
    kind = models.CharField(_("About"), max_length=7, choices=Kind)
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"), default=0)
    made_at = models.DateTimeField(_("Made at"))
    text_due_at = models.DateTimeField(null=True)
    texted_at = models.DateTimeField(_("Texted at"), null=True)
    seen_at = models.DateTimeField(_("Seen at"), null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(name="notice_of_order", fields=["order", "-id"]),
            models.Index(
                name="notice_to_text", fields=["text_due_at"], condition=~Q(text_due_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="notice_late_once", fields=["order"], condition=Q(kind="late")
            ),
            models.CheckConstraint(
                name="notice_texted_once", condition=Q(texted_at=None) | Q(text_due_at=None)
            ),
        ]
        triggers = [
            frozen_columns("notice_kept", "order_id", "event_id", "kind", "amount_fen", "made_at")
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.get_kind_display()}"


class NoTexts(models.Model):
    """A buyer who wants no text messages about orders; the page still tells."""

    buyer = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="no_texts")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.buyer}"
