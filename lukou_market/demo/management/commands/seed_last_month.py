"""`manage.py seed_last_month`: a closed month, a refund after its signature, and flagged sales."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lukou_market.demo.last_month import create_last_month
from lukou_market.demo.wash_trading import create_wash_trading


class Command(BaseCommand):
    """Needs the sample district, and the stand-in for Stripe; does nothing the second time."""

    help = "Sell, receive and close the month before this one in the sample district."

    def handle(self, *args: Any, **options: Any) -> None:
        done = create_last_month(now=timezone.now())
        create_wash_trading(now=timezone.now())
        self.stdout.write("Last month is closed." if done else "Last month is there.")
