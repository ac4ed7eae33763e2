"""Give approved refunds to Stripe, and look after those that are on their way."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from lukou_market.payments import stripe_gateway
from lukou_market.payments.backoff import wait_after
from lukou_market.payments.errors import StripeNotNow, StripeRefused, StripeUnavailable
from lukou_market.payments.models import Dispute, Refund
from lukou_market.payments.settle_refund import settle_refund
from lukou_market.payments.stripe_gateway import SentRefund

logger = logging.getLogger(__name__)

# Longer than one attempt can take, so that a claim ends only when its worker has died.
_FIRST_WAIT = timedelta(seconds=45)


def send_due_refunds(*, now: datetime, limit: int = 50) -> int:
    """Move up to `limit` due refunds on at Stripe; return how many were tried.

    Stops at the first sign that Stripe is away; what is left stays due.
    """
    tried = 0
    while tried < limit and (refund := _claim(now)) is not None:
        tried += 1
        try:
            _move_on(refund, now)
        except StripeNotNow as error:
            logger.warning("refund %s is refused for now: %s", refund.pk, error.__cause__)
            Refund.objects.filter(pk=refund.pk).update(refusals=F("refusals") + 1)
        except StripeUnavailable as error:
            logger.warning("refund %s waits for Stripe: %s", refund.pk, error.__cause__)
            break
        except StripeRefused as error:
            logger.error("refund %s can't be looked up: %s", refund.pk, error.__cause__)
    return tried


@transaction.atomic
def _claim(now: datetime) -> Refund | None:
    """A due refund, not due again until this attempt is surely over."""
    due = Refund.objects.filter(status__in=["approved", "sent"], next_attempt_at__lte=now)
    # What came by bank transfer goes back by one: `record_return`.
    due = due.filter(payment__bank_transfer=None)
    # Stripe gives nothing back while a bank decides.
    undecided = Dispute.objects.filter(payment=OuterRef("payment"), status__in=Dispute.UNDECIDED)
    due = due.exclude(Q(stripe_id=None) & Exists(undecided))
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("payment")
    refund = rows.order_by("next_attempt_at", "id").first()
    if refund is not None:
        refund.attempts += 1
        refund.next_attempt_at = now + wait_after(refund.attempts, first=_FIRST_WAIT)
        refund.save(update_fields=["attempts", "next_attempt_at"])
    return refund


def _move_on(refund: Refund, now: datetime) -> None:
    sent = _ask_stripe(refund)
    if sent is None:
        settle_refund(refund_id=refund.pk, succeeded=False, now=now)
    elif sent.status == "pending":
        approved = Refund.objects.filter(pk=refund.pk, status=Refund.Status.APPROVED)
        approved.update(status=Refund.Status.SENT, stripe_id=sent.id)
    else:
        settle_refund(
            refund_id=refund.pk,
            succeeded=sent.status == "succeeded",
            stripe_id=sent.id,
            now=now,
        )


def _ask_stripe(refund: Refund) -> SentRefund | None:
    """The refund at Stripe, made if it is not there yet; None when Stripe will not make it."""
    if refund.stripe_id:
        return stripe_gateway.fetch_refund(refund.stripe_id)
    intent_id = refund.payment.payment_intent_id or ""
    if refund.attempts > 1:  # an earlier attempt may have died after Stripe had answered
        made = stripe_gateway.find_refund(refund_id=refund.pk, payment_intent_id=intent_id)
        if made is not None:
            return made
    try:
        return stripe_gateway.create_refund(
            refund_id=refund.pk,
            payment_intent_id=intent_id,
            amount_fen=refund.amount_fen,
            refusals=refund.refusals,
        )
    except StripeRefused as error:
        logger.error("refund %s was refused: %s", refund.pk, error.__cause__)
        return None
