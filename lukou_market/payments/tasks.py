"""Periodic work on payments. Each claims rows that are due: running twice changes nothing."""

import logging

from celery import shared_task
from django.utils import timezone

from lukou_market.payments import check_checkouts, send_refunds, settle_with_stripe
from lukou_market.payments import process_webhooks as inbox
from lukou_market.payments.errors import StripeUnavailable

logger = logging.getLogger(__name__)


@shared_task(name="payments.process_webhooks", ignore_result=True)
def process_webhooks() -> None:
    """Work through Stripe's events while batches are full; what comes later makes the next one."""
    while inbox.process_due_webhooks(now=timezone.now()) >= inbox.BATCH:
        pass


@shared_task(name="payments.send_due_refunds", ignore_result=True)
def send_due_refunds() -> None:
    """Send approved refunds to Stripe, look up those on their way."""
    send_refunds.send_due_refunds(now=timezone.now())


@shared_task(name="payments.check_open_checkouts", ignore_result=True)
def check_open_checkouts() -> None:
    """Ask Stripe about sessions we have heard nothing of."""
    check_checkouts.check_open_checkouts(now=timezone.now())


@shared_task(name="payments.close_stale_checkouts", ignore_result=True)
def close_stale_checkouts() -> None:
    """End sessions that nobody should pay any more."""
    check_checkouts.close_stale_checkouts(now=timezone.now())


@shared_task(name="payments.settle_with_stripe", ignore_result=True)
def settle_nightly() -> None:
    """Match with Stripe, once a night."""
    try:
        settle_with_stripe.settle_if_due(now=timezone.now())
    except StripeUnavailable as error:
        logger.warning("matching waits for Stripe: %s", error.__cause__)
