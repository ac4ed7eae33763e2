"""1,000 buyers pay at once: from Stripe's first webhook until the last payment is confirmed."""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.utils import timezone

from lukou_market.aid.audit_books import audit_books
from lukou_market.demo.replay.http import Client
from lukou_market.demo.stripe_standin.webhooks import signature
from lukou_market.payments.models import WebhookEvent
from lukou_market.payments.process_webhooks import process_due_webhooks
from tests.benchmarks.support.open_payments import OpenPayment, open_payments
from tests.benchmarks.support.paid_by_sql import paid_per_s
from tests.benchmarks.support.running_shop import running_shop
from tests.benchmarks.support.shop import query

_PAYMENTS, _CONNECTIONS, _PATIENCE_S = 1_000, 32, 120
_UNCONFIRMED = """
    SELECT count(*) FROM payments_payment payment JOIN orders_order ON order_id = orders_order.id
    WHERE payment.id >= %s AND NOT (applied AND orders_order.status = 'paid')
"""
_UNPOSTED = "SELECT count(*) FROM orders_orderevent WHERE NOT posted"
_DOUBLED = "SELECT count(*) - count(DISTINCT source_id) FROM ledger_transfer WHERE code = %s"


def main() -> None:
    """Print one JSON object; exits 1 when the books do not fit."""
    singly = paid_per_s(open_payments(_PAYMENTS), batch=1, connections=4)
    together = paid_per_s(open_payments(_PAYMENTS), batch=100, connections=1)
    worker = _worker_per_s(open_payments(_PAYMENTS))
    with running_shop() as url:
        opened = open_payments(_PAYMENTS)
        delivered_s, confirmed_s = _burst(url, opened)
        unconfirmed = _count(_UNCONFIRMED, 0)
        posted_s = confirmed_s + _until_none(_UNPOSTED)
    audit = audit_books(with_stripe=False)
    per_s = _PAYMENTS / confirmed_s
    result = {
        "payments": _PAYMENTS,
        "payments_per_s": round(per_s),
        "webhooks_per_s": round(3 * _PAYMENTS / delivered_s),
        "seconds_to_last_webhook": round(delivered_s, 2),
        "seconds_to_last_confirmed": round(confirmed_s, 2),
        "seconds_to_last_posted": round(posted_s, 2),
        "worker_payments_per_s": round(worker),
        "reference_per_s": round(singly),
        "ratio": round(per_s / singly, 2),
        "reference_batch_per_s": round(together),
        "worker_ratio": round(worker / together, 2),
        "unconfirmed": unconfirmed,
        "doubled": _count(_DOUBLED, "payment_received"),
        "unexplained_fen": audit.unexplained_fen,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(bool(unconfirmed or result["doubled"] or not audit.proved))


def _worker_per_s(opened: Sequence[OpenPayment]) -> float:
    """Payments a second when their events wait in the inbox already."""
    now = timezone.now()
    WebhookEvent.objects.bulk_create(
        WebhookEvent(
            stripe_id=event["id"],
            type=event["type"],
            payload=event,
            received_at=now,
            next_attempt_at=now,
            processed_at=None if event["type"].startswith("checkout") else now,
        )
        for one in opened
        for event in one.events
    )
    began = time.perf_counter()
    while process_due_webhooks(now=timezone.now()):
        pass
    return len(opened) / (time.perf_counter() - began)


def _burst(url: str, opened: Sequence[OpenPayment]) -> tuple[float, float]:
    """Seconds from the first webhook until the last was answered, and the last confirmed."""
    began = time.perf_counter()
    with ThreadPoolExecutor(1) as sender:
        delivery = sender.submit(asyncio.run, _deliver(url, opened))
        delivered = delivery.add_done_callback
        ends: list[float] = []
        delivered(lambda _: ends.append(time.perf_counter() - began))
        _until_none(_UNCONFIRMED, opened[0].payment.pk)
        confirmed_s = time.perf_counter() - began
        delivery.result()
    return ends[0], confirmed_s


async def _deliver(url: str, opened: Sequence[OpenPayment]) -> None:
    client = Client(url, connections=_CONNECTIONS, patience_s=_PATIENCE_S)
    secret, at = settings.STRIPE_WEBHOOK_SECRET, int(time.time())
    sending = []
    for event in (event for one in opened for event in one.events):
        headers = {"Stripe-Signature": signature(json.dumps(event).encode(), secret, at=at)}
        path = "/api/v1/webhooks/stripe/"
        sending.append(client.insist("POST", path, body=event, headers=headers))
    answers = await asyncio.gather(*sending)
    refused = [answer.status for answer in answers if answer.status != 200]
    if refused:
        raise RuntimeError(f"{len(refused)} webhooks were refused: {refused[0]}")


def _until_none(counting: str, *values: object) -> float:
    """Wait until the statement counts nothing; the seconds that took."""
    began = time.perf_counter()
    while _count(counting, *values) and time.perf_counter() - began < _PATIENCE_S:
        time.sleep(0.02)
    return time.perf_counter() - began


def _count(statement: str, *values: object) -> int:
    return int(query(statement, *values)[0][0])
