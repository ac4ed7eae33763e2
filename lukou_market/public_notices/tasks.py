"""Periodic work on notices and statements."""

from celery import shared_task
from django.utils import timezone

from lukou_market.public_notices import end_notices, text_statements
from lukou_market.public_notices.print_cards import write_cards
from lukou_market.reports.kinds import STATEMENTS
from lukou_market.reports.run_exports import run_next_export


@shared_task(name="public_notices.end_due_notices", ignore_result=True)
def end_due_notices() -> None:
    """End the notices whose time is over."""
    end_notices.end_due_notices(now=timezone.now())


@shared_task(name="public_notices.text_statements", ignore_result=True)
def text_statements_due() -> None:
    """Send the texts that are due."""
    while text_statements.send_due_texts(now=timezone.now()):
        pass


@shared_task(name="public_notices.print_cards", ignore_result=True)
def print_cards_due() -> None:
    """Write the villages' cards that a worker was asked for."""
    while run_next_export(now=timezone.now(), kinds=[STATEMENTS], write=write_cards):
        pass
