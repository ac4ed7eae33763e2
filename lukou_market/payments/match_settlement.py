"""Hold our payments and refunds against what moved Stripe's balance."""

from collections import Counter
from dataclasses import dataclass

from lukou_market.payments import stripe_gateway
from lukou_market.payments.models import Payment, Refund

# Movements between Stripe and our bank: they belong to no buyer.
_OUTSIDE = {"payout", "payout_reversal", "topup", "topup_reversal", "fee"}
_OUR_WORDS = {"charge": "payment", "refund": "refund", "refund_failure": "refund"}

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something Stripe and we disagree on; amounts in fen before fees, refunds negative.

    `what` is payment, refund, or Stripe's own category for what we have no word for;
    `reference` is the payment intent, or Stripe's id of the refund or whatever it is.
    """

    what: str
    reference: str
    stripe_fen: int
    ours_fen: int

    @property
    def difference_fen(self) -> int:
        """What Stripe has more than we know of."""
        return self.stripe_fen - self.ours_fen


def match_settlement() -> list[Difference]:
    """Every difference, in order; [] when all agree to the fen. Raises StripeUnavailable."""
    there = _at_stripe()
    here = _payments() | _refunds(Refund.Status.SUCCEEDED)
    # A refund on its way has moved the balance already, or not yet: neither is wrong.
    on_its_way = _refunds(Refund.Status.SENT)
    return [
        Difference(*key, stripe_fen=there[key], ours_fen=here.get(key, 0))
        for key in sorted(there.keys() | here.keys())
        if there[key] not in (here.get(key, 0), on_its_way.get(key))
    ]


def _at_stripe() -> Counter[_Key]:
    moved: Counter[_Key] = Counter()
    for movement in stripe_gateway.balance_transactions():
        if movement.kind not in _OUTSIDE:
            what = _OUR_WORDS.get(movement.kind, movement.kind)
            moved[what, movement.reference] += movement.amount_fen
    return moved


def _payments() -> dict[_Key, int]:
    succeeded = Payment.objects.filter(status=Payment.Status.SUCCEEDED)
    rows = succeeded.values_list("payment_intent_id", "amount_fen")
    return {("payment", reference or ""): fen for reference, fen in rows}


def _refunds(status: Refund.Status) -> dict[_Key, int]:
    rows = Refund.objects.filter(status=status).values_list("stripe_id", "amount_fen")
    return {("refund", reference or ""): -fen for reference, fen in rows}
