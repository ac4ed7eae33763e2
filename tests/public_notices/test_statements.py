"""Statement cards: a number that opens one, a dispute of a line, and a text sent once."""

from datetime import timedelta

import pytest

from lukou_market.accounts.sms_gateway import last_text
from lukou_market.households.models import Household
from lukou_market.public_notices.errors import CardNotFound
from lukou_market.public_notices.issue_card import card_of, issue_cards
from lukou_market.public_notices.models import Objection, PublicNotice, StatementCard, StatementText
from lukou_market.public_notices.object_to_notice import dispute_line
from lukou_market.public_notices.text_statements import (
    ask_for_texts,
    keep_phone,
    send_due_texts,
    stop_texts,
)
from tests.aid.months import IN_JULY, JUNE
from tests.public_notices.conftest import Village

PHONE = "13877776666"


def card_for(household: Household) -> StatementCard:
    cards = issue_cards(households=[household], first_month=JUNE, last_month=JUNE, now=IN_JULY)
    return cards[household.pk]


def ask(village: Village) -> int:
    by = village.cadres.village
    return ask_for_texts(village=village.cadres.place, month=JUNE, asked_by=by, now=IN_JULY)


def test_a_card_keeps_its_number(village: Village) -> None:
    card = card_for(village.books.household)
    assert card_for(village.books.household) == card
    assert card_of(f" {card.number.lower().replace('-', '')} ") == card
    with pytest.raises(CardNotFound):
        card_of("2222-2222-2222-2222")


def test_a_disputed_line_is_an_objection_of_the_months_notice(
    village: Village, notice: PublicNotice
) -> None:
    card = card_for(village.books.household)
    objection = dispute_line(card=card, order_number="26062800000001", text="这单少了", now=IN_JULY)
    assert (objection.notice, objection.household) == (notice, village.books.household)
    assert objection.order_number == "26062800000001"


def test_a_line_may_be_disputed_when_no_notice_takes_objections(village: Village) -> None:
    card = card_for(village.books.household)
    assert dispute_line(card=card, order_number="", text="没收到钱", now=IN_JULY).notice is None
    village.approve()
    village.post()
    late = dispute_line(card=card, order_number="", text="还没有", now=IN_JULY + timedelta(days=40))
    assert late.notice is None
    assert Objection.objects.count() == 2


def test_a_household_is_told_once(village: Village, empty_redis: None) -> None:
    household = village.books.household
    keep_phone(household=household, phone=PHONE, given_by=village.cadres.village, now=IN_JULY)
    assert ask(village) == 1
    assert ask(village) == 0
    assert send_due_texts(now=IN_JULY) == 1
    text = last_text(PHONE) or ""
    assert "2026-06" in text and "6.00" in text and card_for(household).number in text
    assert household.number not in text
    assert send_due_texts(now=IN_JULY) == 0
    assert StatementText.objects.get().texted_at == IN_JULY


def test_who_wants_no_texts_gets_none(village: Village, empty_redis: None) -> None:
    household = village.books.household
    keep_phone(household=household, phone=PHONE, given_by=village.cadres.village, now=IN_JULY)
    ask(village)
    stop_texts(card=card_for(household), now=IN_JULY)
    assert send_due_texts(now=IN_JULY) == 1
    assert last_text(PHONE) is None
    assert StatementText.objects.get().texted_at is None
    assert ask(village) == 0


def test_old_news_is_not_sent(village: Village, empty_redis: None) -> None:
    household = village.books.household
    keep_phone(household=household, phone=PHONE, given_by=village.cadres.village, now=IN_JULY)
    ask(village)
    send_due_texts(now=IN_JULY + timedelta(days=3))
    assert last_text(PHONE) is None
