"""Bring our copy of Stripe's movements and payouts up to date, and book what only Stripe moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Sum

from lukou_market.kernel.encryption import digest
from lukou_market.payments import stripe_gateway
from lukou_market.payments.book_movements import book_movements
from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.models import BalanceMovement, Payout
from lukou_market.payments.stripe_gateway import Movement, SentPayout

# Stripe's clocks may disagree by a little; reading a day twice costs a few pages.
_MOVEMENTS_AGAIN = timedelta(days=1)
# A payout comes back from the bank within a few days after it seemed to have arrived.
_PAYOUTS_AGAIN = timedelta(days=14)
_TRIES = 3
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Pulled:
    """How many movements were new, and where the copy is not what Stripe says."""

    new: int
    differences: list[Difference]


def pull_settlement(*, now: datetime) -> Pulled:
    """Store what is new at Stripe, book fees and payouts. Raises StripeUnavailable.

    Repeating it, or doing it twice at once, changes nothing. The copy's sum is held against
    Stripe's balance; when money moves meanwhile, it is read again.
    """
    new, differences = 0, list[Difference]()
    for _ in range(_TRIES):
        payouts = list(stripe_gateway.payouts(since=_newest(Payout, _PAYOUTS_AGAIN)))
        movements = stripe_gateway.balance_transactions(
            since=_newest(BalanceMovement, _MOVEMENTS_AGAIN)
        )
        stored, differences = _store(list(movements))
        new += stored
        _store_payouts([*payouts, *_unsettled(payouts)])
        balance = _balance_difference()
        if balance is None:
            break
        differences.append(balance)
    book_movements(now=now)
    return Pulled(new, differences)


def _newest(model: type[Payout] | type[BalanceMovement], again: timedelta) -> datetime | None:
    newest: datetime | None = model._default_manager.aggregate(at=Max("created_at"))["at"]
    return newest and newest - again


@transaction.atomic
def _store(movements: Sequence[Movement]) -> tuple[int, list[Difference]]:
    """How many are new, and which of those stored before say something else than Stripe.

    All or nothing: the newest one stored says how far the copy reaches.
    """
    known = _known(movements)
    new = [one for one in movements if one.id not in known]
    rows = [
        BalanceMovement(
            stripe_id=one.id,
            kind=one.kind,
            reference=one.reference,
            amount_fen=one.amount_fen,
            fee_fen=one.fee_fen,
            net_fen=one.net_fen,
            created_at=one.created_at,
            available_at=one.available_at,
            payer_digest=digest(one.payer) if one.payer else "",
        )
        for one in reversed(new)  # they come newest first
    ]
    BalanceMovement.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)
    changed = [
        Difference("movement", one.id, one.net_fen, known[one.id][1])
        for one in movements
        if one.id in known and known[one.id] != (one.amount_fen, one.net_fen)
    ]
    return len(new), changed


def _known(movements: Iterable[Movement]) -> dict[str, tuple[int, int]]:
    """Amount and net of what is stored since the oldest of these, by Stripe's id."""
    oldest = min((one.created_at for one in movements), default=None)
    if oldest is None:
        return {}
    stored = BalanceMovement.objects.filter(created_at__gte=oldest)
    rows = stored.values_list("stripe_id", "amount_fen", "net_fen")
    return {stripe_id: (amount_fen, net_fen) for stripe_id, amount_fen, net_fen in rows}


def _unsettled(listed: Sequence[SentPayout]) -> list[SentPayout]:
    """Older payouts that have not arrived yet, as they are now."""
    on_their_way = Payout.objects.filter(status__in=["pending", "in_transit"])
    older = on_their_way.exclude(stripe_id__in=[payout.id for payout in listed])
    ids = list(older.values_list("stripe_id", flat=True))
    return [stripe_gateway.fetch_payout(stripe_id) for stripe_id in ids]


def _store_payouts(payouts: Sequence[SentPayout]) -> None:
    for told in payouts:
        payout, _ = Payout.objects.update_or_create(
            stripe_id=told.id,
            defaults={"status": told.status, "arrives_at": told.arrives_at},
            create_defaults={
                "status": told.status,
                "amount_fen": told.amount_fen,
                "automatic": told.automatic,
                "created_at": told.created_at,
                "arrives_at": told.arrives_at,
            },
        )
        if told.itemized and not payout.itemized:
            _itemize(payout)


def _itemize(payout: Payout) -> None:
    """Note which movements the payout sent; old ones may not be in the copy yet."""
    movements = list(stripe_gateway.balance_transactions(payout_id=payout.stripe_id))
    with transaction.atomic():
        _store(movements)
        sent = BalanceMovement.objects.filter(stripe_id__in=[one.id for one in movements])
        sent.update(payout=payout)
        payout.itemized = True
        payout.save(update_fields=["itemized"])


def _balance_difference() -> Difference | None:
    there = stripe_gateway.balance_fen()
    here = BalanceMovement.objects.aggregate(fen=Sum("net_fen", default=0))["fen"]
    return None if there == here else Difference("balance", "", there, here)
