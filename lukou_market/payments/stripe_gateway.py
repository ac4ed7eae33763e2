"""Stripe, behind functions that speak our words. The only module that imports its SDK.

Every function that calls Stripe raises StripeUnavailable when the call may be repeated (as its
kind StripeNotNow when Stripe has answered) and StripeRefused when it may not; called inside a
transaction it raises RuntimeError, because no lock may wait for the network.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import stripe
from django.conf import settings
from django.db import connection, transaction
from stripe.params import (
    BalanceTransactionListParams,
    DisputeListParams,
    PayoutListParams,
    RefundCreateParams,
)
from stripe.params.checkout import (
    SessionCreateParams,
    SessionCreateParamsLineItem,
    SessionListParams,
)

from lukou_market.payments.errors import (
    BadSignature,
    StripeNotNow,
    StripeRefused,
    StripeUnavailable,
)

_CURRENCY = "cny"
_CONNECT_S, _READ_S = 3.0, 10.0
_SIGNATURE_TOLERANCE_S = 300
# What Stripe refuses today it may grant tomorrow: our balance was too low for a refund, or a
# bank disputes the charge.
_TEMPORARY_CODES = {
    "balance_insufficient", "insufficient_funds", "lock_timeout", "charge_disputed",
}  # fmt: skip
_REFUND_STATUSES = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}
_DISPUTE_STATUSES = {
    "warning_needs_response": "inquiry",
    "warning_under_review": "inquiry",
    "warning_closed": "ended",
    "prevented": "ended",
    "needs_response": "open",
    "under_review": "review",
    "won": "won",
    "lost": "lost",
}
_PAGE = 100
# Of the sixty fields of a session; making the SDK's objects of all takes longer than the rest
# of confirming a payment.
_READ_OF_SESSION = (
    "id", "url", "status", "payment_status", "payment_intent", "amount_total",
    "client_reference_id", "currency",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A line on Stripe's payment page."""

    name: str
    price_fen: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Checkout:
    """A Checkout Session: `status` is open, complete or expired.

    `reference` is our payment's id, empty when the session is not one of ours.
    """

    id: str
    url: str
    status: str
    paid: bool
    payment_intent_id: str
    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class SentRefund:
    """A refund at Stripe: `status` is pending, succeeded or failed; `reference` our refund's id."""

    id: str
    status: str
    reference: str


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement of our balance at Stripe in fen; negative when money leaves. net = amount − fee.

    `kind` is Stripe's reporting category; `reference` is the payment intent of a charge, else
    the id of what moved the money. `payer` is what Stripe tells a charge's card or wallet by.
    """

    id: str
    kind: str
    reference: str
    amount_fen: int
    fee_fen: int
    net_fen: int
    created_at: datetime
    available_at: datetime
    payer: str = ""


@dataclass(frozen=True, slots=True)
class SentPayout:
    """A payout to our bank: pending, in_transit, paid, failed or canceled.

    `itemized`: Stripe can tell which movements it was made of.
    """

    id: str
    status: str
    amount_fen: int
    automatic: bool
    itemized: bool
    created_at: datetime
    arrives_at: datetime


@dataclass(frozen=True, slots=True)
class ToldDispute:
    """A dispute: inquiry, ended (an inquiry that is over), open, review, won or lost.

    `withdrawn` and `reinstated` say that its money has left our balance, and has come back.
    """

    id: str
    status: str
    payment_intent_id: str
    amount_fen: int
    reason: str
    opened_at: datetime
    due_by: datetime | None
    withdrawn: bool
    reinstated: bool


def create_checkout(
    *, payment_id: int, number: str, items: Sequence[Item], expires_at: datetime
) -> Checkout:
    """The payment's session; the same arguments give the same session, not a second one."""
    reference = {"payment": str(payment_id), "order": number}
    page = f"{settings.PUBLIC_BASE_URL}/orders/{number}/"
    params: SessionCreateParams = {
        "mode": "payment",
        "currency": _CURRENCY,
        "line_items": [_line_item(item) for item in items],
        "allowed_payment_method_types": ["alipay", "wechat_pay", "card"],
        "payment_method_options": {"wechat_pay": {"client": "web"}},
        "client_reference_id": str(payment_id),
        "metadata": reference,
        "payment_intent_data": {"metadata": reference},
        "expires_at": int(expires_at.timestamp()),
        "success_url": f"{page}?paid=1",
        "cancel_url": f"{page}?cancelled=1",
    }
    with _calling() as client:
        options: stripe.RequestOptions = {"idempotency_key": f"checkout-{payment_id}"}
        return _checkout(client.v1.checkout.sessions.create(params, options))


def _line_item(item: Item) -> SessionCreateParamsLineItem:
    return {
        "price_data": {
            "currency": _CURRENCY,
            "unit_amount": item.price_fen,
            "product_data": {"name": item.name},
        },
        "quantity": item.quantity,
    }


def fetch_checkout(session_id: str) -> Checkout:
    """The session as it is now."""
    with _calling() as client:
        return _checkout(client.v1.checkout.sessions.retrieve(session_id))


def expire_checkout(session_id: str) -> Checkout:
    """End the session; one that is complete or expired already is told as it is."""
    with _calling() as client:
        try:
            return _checkout(client.v1.checkout.sessions.expire(session_id))
        except stripe.InvalidRequestError:
            return _checkout(client.v1.checkout.sessions.retrieve(session_id))


def create_refund(
    *, refund_id: int, payment_intent_id: str, amount_fen: int, refusals: int = 0
) -> SentRefund:
    """Give money back; the same arguments give the same refund, not a second one.

    Stripe repeats its answer to the same arguments, a refusal too: `refusals` counts how often
    it has said "not now", so that it thinks again.
    """
    params: RefundCreateParams = {
        "payment_intent": payment_intent_id,
        "amount": amount_fen,
        "metadata": {"refund": str(refund_id)},
    }
    again = f"-{refusals}" if refusals else ""
    with _calling() as client:
        options: stripe.RequestOptions = {"idempotency_key": f"refund-{refund_id}{again}"}
        return _refund(client.v1.refunds.create(params, options))


def fetch_refund(stripe_id: str) -> SentRefund:
    """The refund as it is now."""
    with _calling() as client:
        return _refund(client.v1.refunds.retrieve(stripe_id))


def find_refund(*, refund_id: int, payment_intent_id: str) -> SentRefund | None:
    """The refund an earlier attempt made: Stripe forgets idempotency keys after a day."""
    with _calling() as client:
        listed = client.v1.refunds.list({"payment_intent": payment_intent_id, "limit": 100})
        refunds = map(_refund, listed.auto_paging_iter())
        return next((found for found in refunds if found.reference == str(refund_id)), None)


def find_checkout(payment_intent_id: str) -> Checkout | None:
    """The session behind a payment intent."""
    with _calling() as client:
        params: SessionListParams = {"payment_intent": payment_intent_id, "limit": 1}
        found = client.v1.checkout.sessions.list(params).data
        return _checkout(found[0]) if found else None


def balance_transactions(
    *, since: datetime | None = None, payout_id: str | None = None
) -> Iterator[Movement]:
    """Movements of the balance since then, or those one payout sent, newest first."""
    params: BalanceTransactionListParams = {"limit": _PAGE, "expand": ["data.source"]}
    params["currency"] = _CURRENCY
    if since is not None:
        params["created"] = {"gte": int(since.timestamp())}
    if payout_id is not None:
        params["payout"] = payout_id
    with _calling() as client:
        for movement in client.v1.balance_transactions.list(params).auto_paging_iter():
            yield _movement(movement)


def balance_fen() -> int:
    """All our money at Stripe, available or not yet."""
    with _calling() as client:
        balance = client.v1.balance.retrieve()
        available = [row.amount for row in balance.available if row.currency == _CURRENCY]
        pending = [row.amount for row in balance.pending if row.currency == _CURRENCY]
        return sum(available) + sum(pending)


def payouts(*, since: datetime | None = None) -> Iterator[SentPayout]:
    """Payouts made since then, newest first."""
    params: PayoutListParams = {"limit": _PAGE}
    if since is not None:
        params["created"] = {"gte": int(since.timestamp())}
    with _calling() as client:
        yield from map(_payout, client.v1.payouts.list(params).auto_paging_iter())


def fetch_payout(stripe_id: str) -> SentPayout:
    """The payout as it is now."""
    with _calling() as client:
        return _payout(client.v1.payouts.retrieve(stripe_id))


def disputes(*, since: datetime | None = None) -> Iterator[ToldDispute]:
    """Disputes opened since then, newest first."""
    params: DisputeListParams = {"limit": _PAGE}
    if since is not None:
        params["created"] = {"gte": int(since.timestamp())}
    with _calling() as client:
        yield from map(_dispute, client.v1.disputes.list(params).auto_paging_iter())


def fetch_dispute(stripe_id: str) -> ToldDispute:
    """The dispute as it is now."""
    with _calling() as client:
        return _dispute(client.v1.disputes.retrieve(stripe_id))


def _movement(movement: stripe.BalanceTransaction) -> Movement:
    return Movement(
        id=movement.id,
        kind=movement.reporting_category,
        reference=_reference_of(movement),
        amount_fen=movement.amount,
        fee_fen=movement.fee,
        net_fen=movement.net,
        created_at=_moment(movement.created),
        available_at=_moment(movement.available_on),
        payer=_payer_of(movement),
    )


def _payer_of(movement: stripe.BalanceTransaction) -> str:
    source = movement.source
    if not isinstance(source, stripe.Charge) or source.payment_method_details is None:
        return ""
    details = source.payment_method_details
    method = getattr(details, details.type, None)
    known_by = getattr(method, "buyer_id", None) or getattr(method, "fingerprint", None)
    return str(known_by or "")


def _reference_of(movement: stripe.BalanceTransaction) -> str:
    source = movement.source
    if isinstance(source, stripe.Charge) and source.payment_intent is not None:
        return _id(source.payment_intent)
    return _id(source) or movement.id


def _payout(payout: stripe.Payout) -> SentPayout:
    return SentPayout(
        id=payout.id,
        status=payout.status,
        amount_fen=payout.amount,
        automatic=payout.automatic,
        itemized=payout.automatic and payout.reconciliation_status == "completed",
        created_at=_moment(payout.created),
        arrives_at=_moment(payout.arrival_date),
    )


def _dispute(dispute: stripe.Dispute) -> ToldDispute:
    moved = [movement.amount for movement in dispute.balance_transactions]
    due_by = dispute.evidence_details.due_by
    return ToldDispute(
        id=dispute.id,
        status=_DISPUTE_STATUSES.get(dispute.status, "open"),
        payment_intent_id=_id(dispute.payment_intent) if dispute.currency == _CURRENCY else "",
        amount_fen=dispute.amount,
        reason=dispute.reason,
        opened_at=_moment(dispute.created),
        due_by=None if due_by is None else _moment(due_by),
        withdrawn=any(amount < 0 for amount in moved),
        reinstated=any(amount > 0 for amount in moved),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def construct_event(payload: bytes, signature: str) -> dict[str, Any]:
    """The event Stripe signed. Raises BadSignature when it did not, or too long ago."""
    secret = settings.STRIPE_WEBHOOK_SECRET
    try:
        stripe.WebhookSignature.verify_header(payload, signature, secret, _SIGNATURE_TOLERANCE_S)
        event: dict[str, Any] = json.loads(payload)
        if not isinstance(event, dict) or not event.keys() >= {"id", "type", "data"}:
            raise ValueError("signed, but not an event")
    except (stripe.SignatureVerificationError, ValueError, TypeError) as error:
        raise BadSignature from error
    return event


def checkout_in(event: dict[str, Any]) -> Checkout:
    """The session that the event tells about, as it was then."""
    session = event["data"]["object"]
    read = {name: session[name] for name in _READ_OF_SESSION}
    return _checkout(stripe.checkout.Session.construct_from(read, settings.STRIPE_API_KEY))


def refund_in(event: dict[str, Any]) -> SentRefund:
    """The refund that the event tells about, as it was then."""
    values = event["data"]["object"]
    return _refund(stripe.Refund.construct_from(values, settings.STRIPE_API_KEY))


def dispute_in(event: dict[str, Any]) -> ToldDispute:
    """The dispute that the event tells about, as it was then."""
    values = event["data"]["object"]
    return _dispute(stripe.Dispute.construct_from(values, settings.STRIPE_API_KEY))


def _checkout(session: stripe.checkout.Session) -> Checkout:
    ours = session.currency == _CURRENCY
    return Checkout(
        id=session.id,
        url=session.url or "",
        status=session.status or "open",
        paid=session.payment_status == "paid",
        payment_intent_id=_id(session.payment_intent),
        amount_fen=session.amount_total or 0,
        reference=(session.client_reference_id or "") if ours else "",
    )


def _refund(refund: stripe.Refund) -> SentRefund:
    status = _REFUND_STATUSES.get(refund.status or "", "pending")
    reference = refund.metadata.to_dict().get("refund", "") if refund.metadata else ""
    return SentRefund(id=refund.id, status=status, reference=reference)


def _id(given: Any) -> str:
    """The id of something Stripe gives as an id, as an object, or not at all."""
    return given if isinstance(given, str) else getattr(given, "id", "")


@cache
def _client(api_key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        api_key,
        base_addresses={"api": base},
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=(_CONNECT_S, _READ_S)),
    )


@contextmanager
def _calling() -> Iterator[stripe.StripeClient]:
    if connection.in_atomic_block:  # a thread that only calls Stripe needs no connection
        with transaction.atomic(durable=True):
            pass  # raises RuntimeError inside a transaction
    try:
        yield _client(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE)
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        if error.code in _TEMPORARY_CODES:
            raise StripeNotNow from error
        raise StripeRefused from error
    except stripe.StripeError as error:  # no network, 5xx, 429, our key is wrong, key in use
        raise StripeUnavailable from error
