"""`manage.py replay_puwan`: the Puwan melon stream again, then the proof of the books."""

import asyncio
import logging
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import Period
from lukou_market.aid.restate_period import restate_period
from lukou_market.demo.offline_sales import import_offline_sales
from lukou_market.demo.payouts import prepare_demo_payout
from lukou_market.demo.puwan import puwan_session
from lukou_market.demo.replay import report
from lukou_market.demo.replay.bank import pay_out_and_dispute
from lukou_market.demo.replay.figures import measure
from lukou_market.demo.replay.http import UnansweredError
from lukou_market.demo.replay.quiet import wait_until_quiet
from lukou_market.demo.replay.run import run
from lukou_market.demo.replay.village import approve_refunds, follow_parcels, persist
from lukou_market.orders.models import Order
from lukou_market.screening.screen_due import screen_orders
from lukou_market.streams.models import LiveSession

_QUIET_WITHIN_S = 120.0


class Command(BaseCommand):
    """Exits 0 only when no fen is unexplained and no unit oversold."""

    help = "Replay the Puwan stream against the running shop and the Stripe stand-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--viewers", type=int, default=50_000)
        parser.add_argument("--seed", type=int, default=628)

    def handle(self, *args: Any, **options: Any) -> None:
        started_s = time.monotonic()
        logging.getLogger("stripe").setLevel(logging.WARNING)  # it tells of every call
        try:
            session = persist(puwan_session)
        except LiveSession.DoesNotExist:
            raise CommandError("There is no sample district: run seed_demo first.") from None
        if session.status == LiveSession.Status.ENDED:
            self._say("The stream has been replayed already; its figures once more:")
        else:
            self._replay(session, viewers=options["viewers"], seed=options["seed"])
        audit = persist(lambda: audit_books(with_stripe=True))
        figures = measure(session, audit, elapsed_s=time.monotonic() - started_s)
        signed = Period.objects.filter(status=Period.Status.SIGNED).order_by("month")
        restatements = [restate_period(period) for period in signed]
        for line in report.lines(figures, audit, restatements):
            self._say(line)
        if not audit.proved:
            sys.exit(1)

    def _replay(self, session: LiveSession, *, viewers: int, seed: int) -> None:
        try:
            asyncio.run(run(session_id=session.pk, viewers=viewers, seed=seed, say=self._say))
        except UnansweredError as error:
            raise CommandError(f"The shop left somebody waiting: {error}") from error
        recorded = persist(lambda: import_offline_sales(now=timezone.now()))
        self._say(f"The district imports {recorded} offline and unit sales, and reverses one.")
        self._say("Everybody is content; waiting until nothing is due …")
        self._wait(session)
        self._say("Stripe pays out, two banks dispute a payment each, and the night matches …")
        pay_out_and_dispute(session, wait=lambda: self._wait(session))
        persist(lambda: _look_again(session))
        self._wait(session)

    def _wait(self, session: LiveSession) -> None:
        def meanwhile() -> None:
            approve_refunds(session.pk)
            follow_parcels()

        due = wait_until_quiet(seconds=_QUIET_WITHIN_S, meanwhile=meanwhile)
        persist(lambda: prepare_demo_payout(now=timezone.now()))
        for name, count in due.items():
            self.stderr.write(f"still due after {_QUIET_WITHIN_S:.0f} s: {count} {name}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _look_again(session: LiveSession) -> None:
    """At all sales of the stream, now that it is over and the night has told who paid."""
    paid = Order.objects.filter(session=session, paid_at__isnull=False)
    screen_orders(order_ids=list(paid.values_list("pk", flat=True)), now=timezone.now())
