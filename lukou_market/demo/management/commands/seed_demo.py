"""`manage.py seed_demo`: the sample district, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lukou_market.demo.seed import NotEmptyError, seed_demo


class Command(BaseCommand):
    """Does nothing when the district is there."""

    help = "Build the sample district in an empty database; does nothing when it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            built = seed_demo(now=timezone.now())
        except NotEmptyError:
            raise CommandError(
                "This database holds other data. The sample district comes with known passwords, "
                "so it is built in an empty database only."
            ) from None
        self.stdout.write("Sample district built." if built else "The sample district is there.")
