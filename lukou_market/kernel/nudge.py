"""Ask a worker to look now instead of at its next round."""

import logging
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def nudge(task: Task[Any, Any]) -> None:
    """Send `task` after the current transaction commits.

    A nudge that can't be sent is only logged: the row is due, the periodic run finds it.
    """

    def send() -> None:
        try:
            task.apply_async(expires=60)
        except OperationalError as error:
            logger.warning("no broker, %s waits for its next round: %s", task.name, error)

    transaction.on_commit(send)
