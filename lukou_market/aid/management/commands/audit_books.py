from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lukou_market.aid.audit_books import audit_books
from lukou_market.kernel.money import yuan


class Command(BaseCommand):
    help = "Prove that orders, payments, the book and the totals agree to the fen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--without-stripe", action="store_true", help="don't ask Stripe for its balance"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        audit = audit_books(with_stripe=not options["without_stripe"])
        for finding in audit.findings[:20]:
            self.stderr.write(
                f"{finding.check}: {finding.reference} differs by ¥{yuan(finding.difference_fen)}"
            )
        if not audit.proved:
            count = len(audit.findings) + audit.more
            raise CommandError(
                f"{count} differences, ¥{yuan(audit.unexplained_fen)} unexplained, "
                f"{audit.oversold_units} units oversold"
            )
        self.stdout.write("The books are proved: 0 fen unexplained, 0 units oversold.")
