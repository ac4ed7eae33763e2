"""`manage.py send_picture SESSION`: a generated picture, as if a host held a phone."""

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lukou_market.demo.picture import send_picture
from lukou_market.streams.models import LiveSession


class Command(BaseCommand):
    help = "Send a generated picture into a session, which goes live by it, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("session", type=int, help="number of the session")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.INGEST_URL:
            raise CommandError("There is no ingest to send to: INGEST_URL is not set.")
        session = LiveSession.objects.filter(pk=options["session"]).first()
        if session is None:
            raise CommandError(f"There is no session {options['session']}.")
        self.stdout.write(f"{session.title}: the picture is on its way. Ctrl-C ends it.")
        asyncio.run(_until_told(session))


async def _until_told(session: LiveSession) -> None:
    sending = asyncio.create_task(send_picture(session))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, sending.cancel)
    await asyncio.wait([sending])
