"""Ask a worker to look now instead of at its next round."""

import logging
from typing import Any

from celery import Task
from django.core.cache import cache
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

# One look serves everything that is due by then: a rush must not fill the queue with nudges
# that keep the periodic tasks waiting.
_AT_MOST_EVERY_S = 1


def nudge(task: Task[Any, Any]) -> None:
    """Send `task` after the current transaction commits, once a second at most.

    A nudge that is not sent only delays: the row is due, the periodic run finds it.
    """

    def send() -> None:
        if not cache.add(f"nudge:{task.name}", 1, timeout=_AT_MOST_EVERY_S):
            return
        try:
            task.apply_async(expires=60)
        except OperationalError as error:
            logger.warning("no broker, %s waits for its next round: %s", task.name, error)

    transaction.on_commit(send)
