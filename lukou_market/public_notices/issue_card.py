"""The number on a household's statement: who holds it sees the card and may dispute a line."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings

from lukou_market.households.models import Household
from lukou_market.kernel.encryption import digest
from lukou_market.public_notices.errors import CardNotFound
from lukou_market.public_notices.models import StatementCard
from lukou_market.public_notices.receipt_numbers import as_written, new_number

_GROUPS = 4  # about 78 bits: nobody finds one by trying


def issue_cards(
    *, households: Sequence[Household], first_month: date, last_month: date, now: datetime
) -> dict[int, StatementCard]:
    """The cards of these households and months, by household; made where there is none yet."""
    months = {"first_month": first_month, "last_month": last_month}
    StatementCard.objects.bulk_create(
        [_new(household, first_month, last_month, now) for household in households],
        ignore_conflicts=True,
    )
    found = StatementCard.objects.filter(household__in=households, **months)
    return {card.household_id: card for card in found}


def card_of(number: str) -> StatementCard:
    """The card with this number, however it was typed. Raises CardNotFound."""
    cards = StatementCard.objects.select_related("household__village__parent")
    card = cards.filter(number_digest=_digest(as_written(number))).first()
    if card is None:
        raise CardNotFound
    return card


def card_address(card: StatementCard) -> str:
    """What its QR code opens."""
    return urljoin(settings.PUBLIC_BASE_URL, f"/statements/{card.number}/")


def _new(household: Household, first: date, last: date, now: datetime) -> StatementCard:
    number = new_number(_GROUPS)
    return StatementCard(
        household=household,
        first_month=first,
        last_month=last,
        number=number,
        number_digest=_digest(number),
        made_at=now,
    )


def _digest(number: str) -> str:
    return digest(f"statement {number}")
