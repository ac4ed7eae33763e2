"""Payments, refunds and disputes as Stripe or our bank tells them, the inbox of Stripe's webhooks,
and our copy of what moved the balance there, with what it can't be matched to."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.money import yuan
from lukou_market.kernel.triggers import frozen_columns, never_removed, status_edges
from lukou_market.orders.models import Order
from lukou_market.payments.transfer_models import (
    BankTransfer,
    PaymentNotice,
    amount_as_stated,
    goes_back_as_it_came,
)

__all__ = [
    "BalanceMovement", "BankTransfer", "Discrepancy", "Dispute", "Payment", "PaymentNotice",
    "Payout", "Refund", "SettlementRun", "WebhookEvent",
]  # fmt: skip


class Payment(models.Model):
    """One Stripe Checkout Session for an order, or one bank transfer that came for it.

    A succeeded payment is `applied` when it pays its order; one that came too late, twice
    or with another amount is not, and is refunded. `refunding_fen` adds up its refunds that
    have not failed or been rejected, `disputed_fen` what open and lost disputes hold of it,
    so that no fen is ever given back twice.
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
    disputed_fen = models.PositiveBigIntegerField(_("Disputed (fen)"), db_default=0, default=0)
    applied = models.BooleanField(_("Pays the order"), default=False)
    checkout_session_id = models.CharField(max_length=120, null=True, unique=True)
    payment_intent_id = models.CharField(max_length=120, null=True, unique=True)
    bank_transfer = models.OneToOneField(
        BankTransfer, models.PROTECT, null=True, related_name="payment",
        verbose_name=_("Bank transfer"),
    )  # fmt: skip
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
                condition=Q(
                    disputed_fen__gte=0,
                    refunding_fen__gte=0,
                    refunding_fen__lte=F("amount_fen") - F("disputed_fen"),
                ),
            ),
            models.CheckConstraint(
                name="payment_succeeded_dated",
                condition=Q(status="succeeded", paid_at__isnull=False)
                & (Q(payment_intent_id__isnull=False) | Q(bank_transfer__isnull=False))
                | (~Q(status="succeeded") & Q(paid_at__isnull=True, applied=False)),
            ),
            models.CheckConstraint(
                name="payment_one_way",
                condition=Q(bank_transfer=None)
                | Q(checkout_session_id=None, payment_intent_id=None),
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
            frozen_columns("payment_order_kept", "order_id", "bank_transfer_id"),
            amount_as_stated("payment_amount_as_stated", "+", pgtrigger.Insert | pgtrigger.Update),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order} #{self.pk}"


class Refund(models.Model):
    """Money to give back from one payment: asked for, approved, sent to Stripe, done.

    What came by bank transfer goes back by one: a person sends it and records it as done.
    """

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
        LIGHTER = "lighter", _("Packed lighter than ordered")

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="refunds", verbose_name=_("Payment")
    )
    status = models.CharField(_("Status"), max_length=9, choices=Status)
    reason = models.CharField(_("Reason"), max_length=12, choices=Reason)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"))
    stripe_id = models.CharField(_("Stripe's ID"), max_length=120, null=True, unique=True)
    bank_transfer = models.OneToOneField(
        BankTransfer, models.PROTECT, null=True, related_name="refund",
        verbose_name=_("Bank transfer"),
    )  # fmt: skip
    requested_at = models.DateTimeField(_("Requested at"))
    next_attempt_at = models.DateTimeField(_("Next attempt"))
    attempts = models.PositiveIntegerField(_("Attempts"), default=0)
    refusals = models.PositiveIntegerField(_("Refused for now"), db_default=0, default=0)
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
            ),
            models.Index(
                name="refund_to_decide",
                fields=["requested_at"],
                condition=Q(status="requested"),
            ),
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
            goes_back_as_it_came("refund_goes_back_as_it_came"),
            amount_as_stated("refund_amount_as_stated", "-", pgtrigger.Update),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.payment.order} −¥{yuan(self.amount_fen)}"


class WebhookEvent(models.Model):
    """An event as Stripe delivered it, once; a worker works on it until it is processed."""

    stripe_id = models.CharField(_("Stripe's ID"), max_length=120, unique=True)
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
        return f"Stripe {self.stripe_id}"


class Dispute(models.Model):
    """A buyer's bank wants a payment back. An inquiry asks only; money moves once it is more.

    `withdrawn_at` and `reinstated_at` say that the book has seen the money leave our balance
    at Stripe and come back. `held_fen` is the part of the payment that is in dispute, or lost:
    what a refund has given back before can't be given back again.
    """

    class Status(models.TextChoices):
        INQUIRY = "inquiry", _("The bank asks")
        ENDED = "ended", _("Asked and answered")
        OPEN = "open", _("Evidence wanted")
        REVIEW = "review", _("Under review")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")

    UNDECIDED = (Status.OPEN, Status.REVIEW)

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="disputes", verbose_name=_("Payment")
    )
    stripe_id = models.CharField(_("Stripe's ID"), max_length=120, unique=True)
    status = models.CharField(_("Status"), max_length=7, choices=Status)
    reason = models.CharField(_("Reason"), max_length=40)
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"))
    held_fen = models.PositiveBigIntegerField(_("Of the payment (fen)"), default=0)
    opened_at = models.DateTimeField(_("Opened at"))
    due_by = models.DateTimeField(_("Answer by"), null=True)
    withdrawn_at = models.DateTimeField(_("Money taken at"), null=True)
    reinstated_at = models.DateTimeField(_("Money back at"), null=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True)

    class Meta:
        verbose_name = _("Dispute")
        verbose_name_plural = _("Disputes")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="dispute_amount_positive", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="dispute_held_within_amount",
                condition=Q(held_fen__gte=0, held_fen__lte=F("amount_fen")),
            ),
            models.CheckConstraint(
                name="dispute_holds_while_open_or_lost",
                condition=Q(status__in=["open", "review", "lost"]) | Q(held_fen=0),
            ),
            models.CheckConstraint(
                name="dispute_closed_dated",
                condition=Q(status__in=["ended", "won", "lost"], closed_at__isnull=False)
                | Q(status__in=["inquiry", "open", "review"], closed_at__isnull=True),
            ),
        ]
        triggers = [
            status_edges(
                "dispute_edges", ">inquiry", ">ended", ">open", ">review", ">won", ">lost",
                "inquiry>ended", "inquiry>open", "inquiry>review", "inquiry>won", "inquiry>lost",
                "ended>open", "ended>review", "ended>won", "ended>lost",
                "open>review", "open>won", "open>lost", "review>won", "review>lost",
            ),
            frozen_columns(
                "dispute_terms_kept", "payment_id", "stripe_id", "amount_fen", "opened_at"
            ),
            *never_removed("dispute_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.payment.order} ¥{yuan(self.amount_fen)}"


class Payout(models.Model):
    """Money that Stripe sent to our bank. Movements that name it are what it was made of."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Announced")
        IN_TRANSIT = "in_transit", _("On its way")
        PAID = "paid", _("Arrived")
        FAILED = "failed", _("Came back")
        CANCELED = "canceled", _("Called off")

    stripe_id = models.CharField(_("Stripe's ID"), max_length=120, unique=True)
    status = models.CharField(_("Status"), max_length=10, choices=Status)
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    automatic = models.BooleanField(_("Automatic"))
    created_at = models.DateTimeField(_("Created at"))
    arrives_at = models.DateTimeField(_("Arrives at"))
    itemized = models.BooleanField(_("Its movements are known"), default=False)

    class Meta:
        verbose_name = _("Payout")
        verbose_name_plural = _("Payouts")
        ordering = ["-created_at", "-id"]
        triggers = [
            frozen_columns(
                "payout_terms_kept", "stripe_id", "amount_fen", "automatic", "created_at"
            ),
            *never_removed("payout_stays"),
        ]

    def __str__(self) -> str:
        return f"Stripe {self.stripe_id}"


class BalanceMovement(models.Model):
    """Our copy of one of Stripe's balance transactions; amounts in fen, signed as at Stripe.

    `kind` is Stripe's reporting category. `reference` is the payment intent of a charge, else
    the id of what moved the money. `booked` says that fee and payout stand in the book.
    `payer_digest` tells a charge's card or wallet from others, and nothing else about it.
    """

    stripe_id = models.CharField(_("Stripe's ID"), max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=40)
    reference = models.CharField(_("Reference"), max_length=120)
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    fee_fen = models.BigIntegerField(_("Fee (fen)"))
    net_fen = models.BigIntegerField(_("Net (fen)"))
    created_at = models.DateTimeField(_("Created at"))
    available_at = models.DateTimeField(_("Available at"))
    payout = models.ForeignKey(
        Payout, models.PROTECT, null=True, related_name="movements", verbose_name=_("Payout")
    )
    booked = models.BooleanField(_("In the book"), default=False)
    payer_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("Movement at Stripe")
        verbose_name_plural = _("Movements at Stripe")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(name="movement_of_source", fields=["reference", "kind"]),
            models.Index(name="movement_newest", fields=["-created_at", "-id"]),
            models.Index(name="movement_to_book", fields=["id"], condition=Q(booked=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="movement_net", condition=Q(net_fen=F("amount_fen") - F("fee_fen"))
            )
        ]
        triggers = [
            frozen_columns(
                "movement_kept", "stripe_id", "kind", "reference", "amount_fen", "fee_fen",
                "net_fen", "created_at", "available_at", "payer_digest",
            ),
            *never_removed("movement_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Stripe {self.stripe_id}"


class SettlementRun(models.Model):
    """One run of the nightly matching: complete when `finished_at` is set."""

    started_at = models.DateTimeField(_("Started at"))
    finished_at = models.DateTimeField(_("Finished at"), null=True)
    movements = models.PositiveIntegerField(_("New movements"), default=0)
    healed = models.PositiveIntegerField(_("Put right"), default=0)

    class Meta:
        verbose_name = _("Matching with Stripe")
        verbose_name_plural = _("Matchings with Stripe")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Discrepancy(models.Model):
    """Something Stripe and we disagree on, from when it was first seen until it matches again.

    Open until it is resolved, by matching, or explained, by a person with a sentence. An
    explanation holds for its difference only: another difference is another row.
    """

    what = models.CharField(_("What"), max_length=40)
    reference = models.CharField(_("Reference"), max_length=120)
    stripe_fen = models.BigIntegerField(_("At Stripe (fen)"))
    ours_fen = models.BigIntegerField(_("Ours (fen)"))
    difference_fen = models.BigIntegerField(_("Difference (fen)"))
    first_seen_at = models.DateTimeField(_("First seen"))
    last_seen_at = models.DateTimeField(_("Last seen"))
    resolved_at = models.DateTimeField(_("Matches since"), null=True)
    explained_at = models.DateTimeField(_("Explained at"), null=True)
    explained_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Explained by")
    )
    explanation = models.CharField(_("Explanation"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("Discrepancy with Stripe")
        verbose_name_plural = _("Discrepancies with Stripe")
        ordering = ["first_seen_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="discrepancy_once",
                fields=["what", "reference"],
                condition=Q(resolved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="discrepancy_differs",
                condition=Q(difference_fen=F("stripe_fen") - F("ours_fen")) & ~Q(difference_fen=0),
            ),
            models.CheckConstraint(
                name="discrepancy_explained_by_somebody",
                condition=Q(explained_at__isnull=True, explained_by__isnull=True, explanation="")
                | Q(explained_at__isnull=False, explained_by__isnull=False) & ~Q(explanation=""),
            ),
        ]
        triggers = [
            frozen_columns(
                "discrepancy_kept", "what", "reference", "stripe_fen", "ours_fen",
                "difference_fen", "first_seen_at",
            ),
            *never_removed("discrepancy_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Stripe {self.reference}".strip()
