"""Credits, refunds, pay-outs and bounces in any order: nobody gets more than was owed."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.aid.audit_checks import CHECKS
from lukou_market.payouts.decide_lines import bounce_lines, confirm_lines
from lukou_market.payouts.errors import NothingToPay
from lukou_market.payouts.models import PayoutLine
from tests.factories import NOW, make_staff
from tests.payouts.books import credit, make_payee, owed_fen, paid_fen, sent

KINDS = ("wage", "business", "property", "transfer")
household = st.integers(0, 2)
amounts = st.integers(-500, 900).filter(bool)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("credit"), household, st.tuples(st.sampled_from(KINDS), amounts)),
        st.tuples(st.just("prepare"), household, st.none()),
        st.tuples(st.just("confirm"), household, st.none()),
        st.tuples(st.just("bounce"), household, st.none()),
    ),
    min_size=5,
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_no_household_is_paid_more_than_the_book_owed_it(sequence: list[tuple]) -> None:  # type: ignore[type-arg]
    savepoint = transaction.savepoint()
    try:
        _live(sequence)
    finally:
        transaction.savepoint_rollback(savepoint)


def _live(sequence: list[tuple]) -> None:  # type: ignore[type-arg]
    preparer, colleague = make_staff("preparer"), make_staff("colleague")
    payees = [make_payee() for _ in range(3)]
    credited, paid = [0, 0, 0], [0, 0, 0]
    for act, n, terms in sequence:
        if act == "credit":
            credit(payees[n], *terms)
            credited[n] += terms[1]
        elif act == "prepare":
            owed = {payee.pk: owed_fen(payee) for payee in payees}
            try:
                new = sent(preparer)
            except NothingToPay:
                new = []
            assert all(0 < line.amount_fen == owed[line.household_id] for line in new)
        elif line := PayoutLine.objects.filter(household=payees[n], status="prepared").first():
            if act == "confirm":
                confirm_lines(line_ids=[line.pk], by=colleague, now=NOW)
                paid[n] += line.amount_fen
            else:
                bounce_lines(line_ids=[line.pk], reason="销户", by=colleague, now=NOW)
    assert [paid_fen(payee) for payee in payees] == paid
    assert [owed_fen(payee) for payee in payees] == [
        had - got for had, got in zip(credited, paid, strict=True)
    ]
    assert _differences() == []


def _differences() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(CHECKS["pay-out ↔ book"], {"journals": None})
        return list(cursor.fetchall())
