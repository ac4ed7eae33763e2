"""What Stripe and the banks do after the sale: a payout, two disputes, and the night's matching."""

import json
from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils import timezone

from lukou_market.demo.replay.village import persist
from lukou_market.orders.models import Status
from lukou_market.payments.models import Dispute, Payment
from lukou_market.payments.settle_with_stripe import settle_with_stripe
from lukou_market.streams.models import LiveSession

_ENDS = ("lost", "won")


def pay_out_and_dispute(session: LiveSession, *, wait: Callable[[], None]) -> None:
    """Stripe pays out the sale; then two buyers go to their banks, one in vain.

    `wait` returns when every message has arrived and nothing is due. Done before, it does
    nothing but match again.
    """
    if not persist(lambda: Dispute.objects.filter(payment__order__session=session).exists()):
        payout = _control("payouts", {})
        _control(f"payouts/{payout['id']}/settle", {"status": "paid"})
        for intent_id, end in zip(_received(session), _ENDS, strict=False):
            dispute = _control("disputes", {"payment_intent": intent_id, "amount": None})
            wait()
            _control(f"disputes/{dispute['id']}/close", {"status": end})
        wait()
    persist(lambda: settle_with_stripe(now=timezone.now()))


def _received(session: LiveSession) -> list[str]:
    """The payments of the first orders that were received and kept."""
    kept = Payment.objects.filter(
        order__session=session, applied=True, refunding_fen=0, order__status=Status.RECEIVED
    )
    first = kept.order_by("id").values_list("payment_intent_id", flat=True)[: len(_ENDS)]
    return [intent_id or "" for intent_id in persist(lambda: list(first))]


def _control(path: str, body: dict[str, Any]) -> dict[str, Any]:
    request = Request(  # noqa: S310
        f"{settings.STRIPE_API_BASE}/_standin/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=10) as answer:  # noqa: S310
        told: dict[str, Any] = json.load(answer)
        return told
