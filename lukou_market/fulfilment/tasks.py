"""Periodic work on parcels."""

from celery import shared_task
from django.utils import timezone

from lukou_market.fulfilment import decide_claims, follow_parcels, receive_overdue
from lukou_market.fulfilment import sweep_photos as sweep

_AT_ONCE = 50


@shared_task(name="fulfilment.receive_overdue_orders", ignore_result=True)
def receive_overdue_orders() -> None:
    """Receive overdue orders until none is left."""
    while receive_overdue.receive_overdue_orders(now=timezone.now()):
        pass


@shared_task(name="fulfilment.decide_due_claims", ignore_result=True)
def decide_due_claims() -> None:
    """Grant or pass on claims that nobody decided in time until none is left."""
    while decide_claims.decide_due_claims(now=timezone.now()):
        pass


@shared_task(name="fulfilment.follow_due_parcels", ignore_result=True)
def follow_due_parcels() -> None:
    """Ask carriers about the parcels that are due until none is, or the carrier is away."""
    while follow_parcels.follow_due_parcels(now=timezone.now(), limit=_AT_ONCE) == _AT_ONCE:
        pass


@shared_task(name="fulfilment.sweep_photos", ignore_result=True)
def sweep_photos() -> None:
    """Remove photos that no claim has."""
    sweep.sweep_photos(now=timezone.now())
