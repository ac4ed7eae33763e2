import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from lukou_market.streams.simulcast import simulcast


class Command(BaseCommand):
    help = "Send hosts' pictures on to their other platforms, until SIGTERM; on the edge's machine."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        simulcast(stop)
