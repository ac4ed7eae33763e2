"""What Stripe and we disagree on stays open until it matches or a person explains it."""

from datetime import timedelta

import pytest

from lukou_market.kernel.errors import DomainError
from lukou_market.payments.explain_discrepancy import explain_discrepancy
from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.models import Discrepancy
from lukou_market.payments.queries import open_discrepancies
from lukou_market.payments.record_discrepancies import record_discrepancies
from tests.factories import NOW, make_user

TOMORROW = NOW + timedelta(days=1)
ONE_FEN = Difference("payment", "pi_1", 3990, 3991)

pytestmark = pytest.mark.django_db


def record(*differences: Difference, days: int = 0) -> None:
    record_discrepancies(differences=differences, now=NOW + timedelta(days=days))


def test_a_difference_keeps_its_age_while_it_lasts() -> None:
    record(ONE_FEN)
    record(ONE_FEN, days=3)
    row = open_discrepancies().get()
    assert (row.difference_fen, row.first_seen_at) == (-1, NOW)
    assert row.last_seen_at == NOW + timedelta(days=3)


def test_a_difference_that_is_gone_is_resolved_by_itself() -> None:
    record(ONE_FEN)
    record(days=1)
    assert not open_discrepancies().exists()
    assert Discrepancy.objects.get().resolved_at == TOMORROW


def test_a_difference_that_comes_back_is_a_new_one() -> None:
    record(ONE_FEN)
    record(days=1)
    record(ONE_FEN, days=2)
    assert open_discrepancies().get().first_seen_at == NOW + timedelta(days=2)
    assert Discrepancy.objects.count() == 2


def test_an_explained_difference_stays_explained_while_it_is_the_same() -> None:
    record(ONE_FEN)
    user = make_user()
    explain_discrepancy(
        discrepancy_id=Discrepancy.objects.get().pk,
        explanation=" 银行手续费 ",
        user_id=user.pk,
        now=TOMORROW,
    )
    record(ONE_FEN, days=2)
    row = Discrepancy.objects.get()
    assert (row.explanation, row.explained_by, row.explained_at) == ("银行手续费", user, TOMORROW)
    assert not open_discrepancies().exists()


def test_an_explanation_does_not_cover_another_difference() -> None:
    record(ONE_FEN)
    explain_discrepancy(
        discrepancy_id=Discrepancy.objects.get().pk,
        explanation="one fen",
        user_id=make_user().pk,
        now=NOW,
    )
    record(Difference("payment", "pi_1", 3990, 3992), days=1)
    assert open_discrepancies().get().difference_fen == -2


@pytest.mark.parametrize(
    ("explanation", "days", "code"),
    [
        ("  ", 0, "explanation_missing"),
        ("why", 1, "discrepancy_resolved"),
    ],
)
def test_what_does_not_explain_anything_is_refused(explanation: str, days: int, code: str) -> None:
    record(ONE_FEN)
    if days:
        record(days=days)
    row = Discrepancy.objects.get()
    with pytest.raises(DomainError) as refusal:
        explain_discrepancy(
            discrepancy_id=row.pk, explanation=explanation, user_id=make_user().pk, now=TOMORROW
        )
    assert refusal.value.code == code
    row.refresh_from_db()
    assert (row.explained_at, row.explanation) == (None, "")


def test_nobody_explains_over_somebody_elses_words() -> None:
    record(ONE_FEN)
    row = Discrepancy.objects.get()
    first = make_user()
    explain_discrepancy(discrepancy_id=row.pk, explanation="first", user_id=first.pk, now=NOW)
    with pytest.raises(DomainError) as refusal:
        explain_discrepancy(
            discrepancy_id=row.pk, explanation="second", user_id=make_user().pk, now=TOMORROW
        )
    assert refusal.value.code == "discrepancy_explained"
    row.refresh_from_db()
    assert (row.explanation, row.explained_by) == ("first", first)
