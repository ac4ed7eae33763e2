"""A household's statement with the number of its card, as it is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from lukou_market.aid.household_statement import Statement, household_statement
from lukou_market.households.models import Household
from lukou_market.public_notices.issue_card import card_address, issue_cards
from lukou_market.public_notices.models import StatementCard


@dataclass(frozen=True, slots=True)
class NumberedStatement:
    """What a card says, and the card."""

    statement: Statement
    card: StatementCard

    @property
    def address(self) -> str:
        """What its QR code opens."""
        return card_address(self.card)


def numbered_statements(
    *, households: Sequence[Household], first_month: date, last_month: date, now: datetime
) -> Iterator[NumberedStatement]:
    """One for each household, in their order; cards are made where there are none."""
    months = {"first_month": first_month, "last_month": last_month}
    cards = issue_cards(households=households, **months, now=now)
    for household in households:
        statement = household_statement(household=household, **months, now=now)
        yield NumberedStatement(statement, cards[household.pk])


def typed_address() -> str:
    """Where a number is typed in: short enough to be typed too."""
    return urljoin(settings.PUBLIC_BASE_URL, reverse("storefront:statement-by-number"))
