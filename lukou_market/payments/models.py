"""Payments and refunds as Stripe tells them, and the inbox its webhooks land in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import frozen_columns, status_edges
from lukou_market.orders.models import Order


class Payment(models.Model):
    """One Stripe Checkout Session for an order.

    A succeeded payment is `applied` when it pays its order; one that came too late, twice
    or with another amount is not, and is refunded. `refunding_fen` adds up its refunds that
    have not failed or been rejected, so that no fen is ever given back twice.
    """

    class Status(models.TextChoices):
        CREATING = "creating", _("Being created")
        OPEN = "open", _("Open")
        SUCCEEDED = "succeeded", _("Paid")
        CLOSED = "closed", _("Closed")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="payments", verbose_name=_("Order")
    )
    status = models.CharField(_("Status"), max_length=9, choices=Status, default=Status.CREATING)
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"))
    refunding_fen = models.PositiveBigIntegerField(_("Refunded or being refunded (fen)"), default=0)
    applied = models.BooleanField(_("Pays the order"), default=False)
    checkout_session_id = models.CharField(max_length=120, null=True, unique=True)
    payment_intent_id = models.CharField(max_length=120, null=True, unique=True)
    checkout_url = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(_("Created at"))
    checked_at = models.DateTimeField(_("Last looked up at Stripe"))
    paid_at = models.DateTimeField(_("Paid at"), null=True)

    class Meta:
        verbose_name = _("Payment")
        verbose_name_plural = _("Payments")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="payment_to_check",
                fields=["checked_at"],
                condition=Q(status__in=["creating", "open"]),
            )
        ]
        constraints = [
            models.CheckConstraint(name="payment_amount_positive", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="payment_refunds_within_amount",
                condition=Q(refunding_fen__gte=0, refunding_fen__lte=F("amount_fen")),
            ),
            models.CheckConstraint(
                name="payment_succeeded_dated",
                condition=Q(
                    status="succeeded", paid_at__isnull=False, payment_intent_id__isnull=False
                )
                | (~Q(status="succeeded") & Q(paid_at__isnull=True, applied=False)),
            ),
            models.UniqueConstraint(
                name="payment_one_applied_per_order", fields=["order"], condition=Q(applied=True)
            ),
        ]
        triggers = [
            status_edges(
                "payment_edges", ">creating", "creating>open", "creating>succeeded",
                "creating>closed", "open>succeeded", "open>closed", "closed>succeeded",
            ),
            frozen_columns("payment_order_kept", "order_id"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order} #{self.pk}"


class Refund(models.Model):
    """Money to give back from one payment: asked for, approved, sent to Stripe, done."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        APPROVED = "approved", _("Approved")
        SENT = "sent", _("Sent")
        SUCCEEDED = "succeeded", _("Succeeded")
        FAILED = "failed", _("Failed")
        REJECTED = "rejected", _("Rejected")

    class Reason(models.TextChoices):
        BUYER = "buyer", _("Asked for by the buyer")
        PAID_LATE = "paid_late", _("Paid after the reservation ended")
        PAID_TWICE = "paid_twice", _("Paid twice")
        WRONG_AMOUNT = "wrong_amount", _("Paid another amount")

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="refunds", verbose_name=_("Payment")
    )
    status = models.CharField(_("Status"), max_length=9, choices=Status)
    reason = models.CharField(_("Reason"), max_length=12, choices=Reason)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"))
    stripe_id = models.CharField(max_length=120, null=True, unique=True)
    requested_at = models.DateTimeField(_("Requested at"))
    next_attempt_at = models.DateTimeField(_("Next attempt"))
    attempts = models.PositiveIntegerField(_("Attempts"), default=0)
    settled_at = models.DateTimeField(_("Settled at"), null=True)

    class Meta:
        verbose_name = _("Refund")
        verbose_name_plural = _("Refunds")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="refund_to_send",
                fields=["next_attempt_at"],
                condition=Q(status__in=["approved", "sent"]),
            )
        ]
        constraints = [
            models.CheckConstraint(name="refund_amount_positive", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="refund_settled_dated",
                condition=Q(
                    status__in=["succeeded", "failed", "rejected"], settled_at__isnull=False
                )
                | Q(status__in=["requested", "approved", "sent"], settled_at__isnull=True),
            ),
        ]
        triggers = [
            status_edges(
                "refund_edges", ">requested", ">approved", "requested>approved",
                "requested>rejected", "approved>sent", "approved>succeeded", "approved>failed",
                "sent>succeeded", "sent>failed",
            ),
            frozen_columns("refund_terms_kept", "payment_id", "amount_fen", "reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.payment} −{self.amount_fen}"


class WebhookEvent(models.Model):
    """An event as Stripe delivered it, once; a worker works on it until it is processed."""

    stripe_id = models.CharField(max_length=120, unique=True)
    type = models.CharField(_("Type"), max_length=80)
    payload = models.JSONField(_("Payload"))
    received_at = models.DateTimeField(_("Received at"))
    next_attempt_at = models.DateTimeField(_("Next attempt"))
    processed_at = models.DateTimeField(_("Processed at"), null=True)
    attempts = models.PositiveIntegerField(_("Attempts"), default=0)
    last_error = models.TextField(_("Last error"), blank=True, default="")

    class Meta:
        verbose_name = _("Stripe event")
        verbose_name_plural = _("Stripe events")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="webhook_event_due",
                fields=["next_attempt_at"],
                condition=Q(processed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.stripe_id}"
