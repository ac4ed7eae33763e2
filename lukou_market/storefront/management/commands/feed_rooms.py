import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from lukou_market.storefront.room_feed import feed_rooms


class Command(BaseCommand):
    help = "Tell the live rooms what changes, until SIGTERM; one process at a time does."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        feed_rooms(stop)
