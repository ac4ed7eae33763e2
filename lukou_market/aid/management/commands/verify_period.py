from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lukou_market.aid.verifier.verify_period import Broken, verdict


class Command(BaseCommand):
    help = "Check an exported period: its form, hash and sums, and that it follows the one before."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("previous", type=Path, nargs="?", help="file of the month before")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
            previous = options["previous"].read_bytes() if options["previous"] else None
            self.stdout.write(verdict(data, previous))
        except (Broken, OSError) as problem:
            raise CommandError(str(problem)) from None
