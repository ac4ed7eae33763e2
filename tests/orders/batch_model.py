"""How a batch must be answered: one request after another, in the plainest Python."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request; `offer` is an index, beyond the last one it names an offer that is not there."""

    buyer: int
    key: str
    offer: int
    quantity: int
    price_off_fen: int


@dataclass
class ModelOffer:
    """`refuses` is the code this offer refuses everything with, if it does."""

    price_fen: int
    quota: int
    limit: int
    refuses: str = ""
    taken: int = 0
    held: Counter[int] = field(default_factory=Counter)


@dataclass
class Shop:
    """Offers, and which request was granted under which key."""

    offers: list[ModelOffer]
    granted: dict[tuple[int, str], Asked] = field(default_factory=dict)

    def answer(self, asked: Asked) -> str:
        """The code of the answer; a grant moves the stock."""
        known = self.granted.get((asked.buyer, asked.key))
        if known:
            return "replayed" if known == asked else "idempotency_key_reused"
        if asked.offer >= len(self.offers):
            return "offer_not_found"
        offer = self.offers[asked.offer]
        refusal = offer.refuses or self._refusal(asked, offer)
        if refusal:
            return refusal
        offer.taken += asked.quantity
        offer.held[asked.buyer] += asked.quantity
        self.granted[asked.buyer, asked.key] = asked
        return "placed"

    def _refusal(self, asked: Asked, offer: ModelOffer) -> str:
        if asked.price_off_fen:
            return "price_changed"
        if offer.held[asked.buyer] + asked.quantity > offer.limit:
            return "limit_reached"
        return "sold_out" if offer.taken + asked.quantity > offer.quota else ""
