from typing import Any

from django.core.management.base import BaseCommand

from lukou_market.aid.rebuild_totals import rebuild_totals


class Command(BaseCommand):
    help = "Sum all household and producer totals again from the book."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild_totals()
        self.stdout.write("The totals have been summed again from the book.")
