"""What a buyer is told about an order, on the page and by text message."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import frozen_columns


class BuyerNotice(models.Model):
    """One thing that happened, told once. A trigger on the order's events writes it, or a use case.

    A parcel that leaves before the last one is told with its boxes; with the last one the whole
    order is.

    `text_due_at` is empty once nobody need send a text any more; `texted_at` is written before
    the text leaves: one that is lost on the way is not sent again, for none may come twice.
    """

    class Kind(models.TextChoices):
        SHIPPED = "shipped", _("Shipped")
        PARCEL = "parcel", _("Parcel")
        REFUND = "refund", _("Refunded")
        LATE = "late", _("Late")

    order = models.ForeignKey("Order", models.PROTECT, related_name="notices")
    event = models.OneToOneField("OrderEvent", models.PROTECT, null=True, related_name="notice")
    kind = models.CharField(_("About"), max_length=7, choices=Kind)
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"), default=0)
    first_box = models.PositiveIntegerField(_("First box"), null=True)
    last_box = models.PositiveIntegerField(_("Last box"), null=True)
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
            models.UniqueConstraint(
                name="notice_parcel_once",
                fields=["order", "first_box"],
                condition=Q(kind="parcel"),
            ),
            models.CheckConstraint(
                name="notice_boxes_of_a_parcel",
                condition=Q(
                    kind="parcel",
                    first_box__isnull=False,
                    last_box__isnull=False,
                    first_box__gt=0,
                    last_box__gte=F("first_box"),
                )
                | (~Q(kind="parcel") & Q(first_box=None, last_box=None)),
            ),
            models.CheckConstraint(
                name="notice_texted_once", condition=Q(texted_at=None) | Q(text_due_at=None)
            ),
        ]
        triggers = [
            frozen_columns(
                "notice_kept", "order_id", "event_id", "kind", "amount_fen", "first_box",
                "last_box", "made_at",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order}: {self.get_kind_display()}"


class NoTexts(models.Model):
    """A buyer who wants no text messages about orders; the page still tells."""

    buyer = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="no_texts")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.buyer}"
