"""Tell households by text message what a month came to: once or not at all, if they want it."""

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from lukou_market.accounts.models import User
from lukou_market.accounts.phones import normal_phone
from lukou_market.accounts.sms_gateway import send_sms
from lukou_market.aid.household_selection import Selection, household_totals
from lukou_market.households.models import Household
from lukou_market.kernel.money import yuan
from lukou_market.public_notices.issue_card import card_address, issue_cards
from lukou_market.public_notices.models import HouseholdPhone, StatementCard, StatementText
from lukou_market.regions.models import Region

logger = logging.getLogger(__name__)
_NEWS_FOR = timedelta(days=2)
_AT_ONCE = 20


def keep_phone(
    *, household: Household, phone: str, given_by: User, now: datetime
) -> HouseholdPhone:
    """The phone for the household's statements, until it says no. Raises PhoneWrong."""
    fresh = {"phone": normal_phone(phone), "given_by": given_by, "given_at": now}
    kept, _is_new = HouseholdPhone.objects.update_or_create(
        household=household, defaults={**fresh, "no_texts_since": None}
    )
    return kept


def stop_texts(*, card: StatementCard, now: datetime) -> None:
    """The holder of the card wants no more texts."""
    phones = HouseholdPhone.objects.filter(household=card.household, no_texts_since=None)
    phones.update(no_texts_since=now)


def ask_for_texts(*, village: Region, month: date, asked_by: User, now: datetime) -> int:
    """A text for each household of the village with a phone that wants it; how many are new."""
    wanting = HouseholdPhone.objects.filter(household__village=village, no_texts_since=None)
    households = [row.household for row in wanting.select_related("household")]
    cards = issue_cards(households=households, first_month=month, last_month=month, now=now)
    told = set(StatementText.objects.filter(card__in=cards.values()).values_list("card", flat=True))
    fresh = [
        StatementText(card=card, asked_by=asked_by, asked_at=now, due_at=now)
        for card in cards.values()
        if card.pk not in told
    ]
    StatementText.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def send_due_texts(*, now: datetime) -> int:
    """Send what is due, a few at a time; returns how many were looked at."""
    texts = _claim(now)
    for text, phone in texts:
        if phone:
            _send(text, phone)
    return len(texts)


@transaction.atomic
def _claim(now: datetime) -> list[tuple[StatementText, str]]:
    """Due texts, marked as sent before they are: no worker ever sends one again."""
    due = StatementText.objects.filter(due_at__lte=now).select_related("card__household")
    texts = list(
        due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at")[:_AT_ONCE]
    )
    wanting = HouseholdPhone.objects.filter(
        household__in=[text.card.household_id for text in texts], no_texts_since=None
    )
    phones = {row.household_id: row.phone for row in wanting}
    claimed = []
    for text in texts:
        is_news = text.asked_at > now - _NEWS_FOR
        phone = phones.get(text.card.household_id, "") if is_news else ""
        text.due_at, text.texted_at = None, now if phone else None
        claimed.append((text, phone))
    StatementText.objects.bulk_update(texts, ["due_at", "texted_at"])
    return claimed


def _send(text: StatementText, phone: str) -> None:
    with override(settings.LANGUAGE_CODE):
        words = words_of(text.card)
    try:
        send_sms(phone, words)
    except Exception:  # a provider's trouble; the next household's text must leave all the same
        logger.exception("the text about statement %s was not sent", text.card_id)


def words_of(card: StatementCard) -> str:
    """The month in a sentence: no name, no household number."""
    selection = Selection(card.first_month, card.last_month)
    came_in = household_totals(household=card.household, selection=selection).kept_fen
    words = _(
        "%(month)s: ¥%(yuan)s were credited to your household. Statement, questions, no more "
        "texts: %(address)s"
    )
    facts = {"month": f"{card.last_month:%Y-%m}", "yuan": yuan(came_in)}
    return words % {**facts, "address": card_address(card)}
