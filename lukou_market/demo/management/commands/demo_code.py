"""`manage.py demo_code NAME`: what the authenticator app of a demo login shows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lukou_market.accounts.models import StaffDevice
from lukou_market.accounts.second_factor import STEP_S, totp_at
from lukou_market.demo.logins import LOGINS


class Command(BaseCommand):
    help = "Print the code a demo login is asked for; for nobody whose password isn't the demo's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        login = next((each for each in LOGINS if each.username == options["username"]), None)
        found = StaffDevice.objects.filter(user__username=options["username"]).first()
        # A name may be the same in a real district: the password that everybody knows is not.
        if login is None or found is None or not found.user.check_password(login.password):
            raise CommandError(f"{options['username']} is no demo login with an app.")
        now = timezone.now()
        totp = totp_at(found, now)
        totp.drift = max(totp.drift, totp.drift + found.last_step + 1 - totp.t())
        if totp.t() > totp_at(found, now).t() + 1:
            raise CommandError(f"The next codes were used already: wait {STEP_S} seconds.")
        self.stdout.write(f"{totp.token():06d}")
