"""python -m tests.concurrency.post_until_done: a worker that posts until nothing is due.

It begins when the test lets go of the lock START, and prints how many events it posted.
"""

import django
from django.db import connection
from django.utils import timezone

START = 5_000


def main() -> None:
    """Small batches, so that each worker gets some."""
    # These need the settings.
    from lukou_market.aid.post_orders import post_due_orders
    from lukou_market.orders.models import OrderEvent

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [START])
    posted = 0
    while OrderEvent.objects.filter(posted=False).exists():
        posted += post_due_orders(now=timezone.now(), limit=10)
    print(posted)


if __name__ == "__main__":
    django.setup()
    main()
