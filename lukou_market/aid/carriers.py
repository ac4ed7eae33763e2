"""The transfers of the book that carry a part of an order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lukou_market.aid.allocation import Line
from lukou_market.aid.posting_rules import CODES_OF, TAKEN_OUT, month_ending, share_leg
from lukou_market.aid.terms import PRODUCER, Party
from lukou_market.ledger.models import Transfer

_OF_THE_PRODUCER = {
    taken + code for code in ("sale_retained", "refund_retained") for taken in ("", TAKEN_OUT)
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """A transfer. One of a `batch` pays a party for many orders at once."""

    id: int
    code: str
    amount_fen: int
    batch: bool


class Carriers:
    """The transfers that these events of one order caused, alone or together with others."""

    def __init__(self, event_ids: Iterable[int], stakes: Sequence[tuple[Line, Party]]) -> None:
        self._of_line: dict[int, list[Carrier]] = defaultdict(list)
        journals: dict[int, date] = {}
        own = Transfer.objects.filter(source_kind="order_event", source_id__in=list(event_ids))
        for row in own.select_related("journal").order_by("id"):
            journals[row.journal_id] = row.journal.late_for or row.journal.month
            _, *line = row.leg.split(":")
            if line:  # shipping and discount are the order's
                carrier = Carrier(row.pk, row.code, row.amount_fen, batch=False)
                self._of_line[int(line[0])].append(carrier)
        self._of_leg: dict[str, list[Carrier]] = defaultdict(list)
        # A hold's batches have legs that end with their month.
        plain = {leg for line, party in stakes for leg in _legs(line, party)}
        endings = {"", *map(month_ending, journals.values())}
        legs = {leg + ending: leg for leg in plain for ending in endings}
        for row in Transfer.objects.filter(journal__in=journals, leg__in=legs).order_by("id"):
            carrier = Carrier(row.pk, row.code, row.amount_fen, batch=True)
            self._of_leg[legs[row.leg]].append(carrier)

    def of_line(self, line: Line) -> list[Carrier]:
        """What moves the whole line, oldest first."""
        return self._of_line[line.id]

    def of(self, line: Line, party: Party) -> list[Carrier]:
        """What moves the party's part of the line, oldest first."""
        if party.kind == PRODUCER:
            return [row for row in self._of_line[line.id] if row.code in _OF_THE_PRODUCER]
        carriers = [row for leg in _legs(line, party) for row in self._of_leg[leg]]
        return sorted(carriers, key=lambda row: row.id)


def _legs(line: Line, party: Party) -> list[str]:
    return [
        share_leg(taken + code, line.producer, party.owner, party.income_kind)
        for code in CODES_OF[party.kind].values()
        for taken in ("", TAKEN_OUT)
    ]
