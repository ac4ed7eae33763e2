"""The bank's answer: booked once, by somebody else than who prepared."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from lukou_market.accounts.models import User
from lukou_market.aid.audit_books import audit_books
from lukou_market.ledger.models import Transfer
from lukou_market.payouts.decide_lines import bounce_lines, confirm_lines
from lukou_market.payouts.errors import AlreadyDecided, NotSent, ReasonMissing, SamePerson
from lukou_market.payouts.models import PayoutLine
from tests.factories import NOW, make_staff
from tests.payouts.books import make_payee, owed_fen, paid_fen, prepare, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def preparer(db: None) -> User:
    return make_staff("preparer")


@pytest.fixture
def colleague(db: None) -> User:
    return make_staff("colleague")


def confirm(line: PayoutLine, by: User) -> int:
    return confirm_lines(line_ids=[line.pk], by=by, now=NOW)


def bounce(line: PayoutLine, by: User, reason: str = "户名不符") -> int:
    return bounce_lines(line_ids=[line.pk], reason=reason, by=by, now=NOW)


def test_a_confirmed_line_is_booked_by_kind(preparer: User, colleague: User) -> None:
    household = make_payee(wage=1200, property=34)
    assert confirm(sent(preparer)[0], colleague) == 1
    assert (owed_fen(household), paid_fen(household)) == (0, 1234)
    paid = Transfer.objects.filter(code="paid_out").order_by("leg")
    assert [(t.leg, t.amount_fen, t.journal.label) for t in paid] == [
        ("property", 34, "payouts"),
        ("wage", 1200, "payouts"),
    ]
    line = PayoutLine.objects.get()
    assert (line.status, line.decided_by, line.decided_at) == ("confirmed", colleague, NOW)


def test_deciding_twice_changes_nothing(preparer: User, colleague: User) -> None:
    household, other = make_payee(wage=1000), make_payee(wage=70)
    first, second = sent(preparer)
    confirm(first, colleague)
    bounce(second, colleague)
    assert (confirm(first, make_staff("third")), bounce(second, colleague, "别的")) == (0, 0)
    assert (paid_fen(household), paid_fen(other)) == (1000, 0)
    second.refresh_from_db()
    assert second.reason == "户名不符"


@pytest.mark.parametrize(("first", "then"), [(confirm, bounce), (bounce, confirm)])
def test_a_decision_is_not_turned_round(
    preparer: User, colleague: User, first: Callable[..., int], then: Callable[..., int]
) -> None:
    make_payee(wage=1000)
    line = sent(preparer)[0]
    first(line, colleague)
    booked = Transfer.objects.count()
    with pytest.raises(AlreadyDecided):
        then(line, colleague)
    assert Transfer.objects.count() == booked


@pytest.mark.parametrize("decide", [confirm, bounce])
def test_who_prepared_does_not_decide(preparer: User, decide: Callable[..., int]) -> None:
    household = make_payee(wage=1000)
    line = sent(preparer)[0]
    with pytest.raises(SamePerson):
        decide(line, preparer)
    line.refresh_from_db()
    assert (line.status, paid_fen(household)) == ("prepared", 0)


def test_what_the_bank_never_got_is_not_confirmed(preparer: User, colleague: User) -> None:
    household = make_payee(wage=1000)
    prepare(preparer)
    with pytest.raises(NotSent):
        confirm(PayoutLine.objects.get(), colleague)
    assert paid_fen(household) == 0


def test_a_bounce_has_a_reason(preparer: User, colleague: User) -> None:
    make_payee(wage=1000)
    line = sent(preparer)[0]
    with pytest.raises(ReasonMissing):
        bounce(line, colleague, " ")
    line.refresh_from_db()
    assert line.status == "prepared"


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("payout_terms_kept", "wage_fen = wage_fen + 1"),
        ("payout_terms_kept", "number = 'x'"),
        ("payout_edges", "status = 'prepared', decided_by_id = NULL, decided_at = NULL"),
        ("payout_decided", "decided_at = NULL"),
        ("payout_two_people", "decided_by_id = prepared_by_id"),
        ("payout_line_stays", None),
    ],
)
def test_the_database_keeps_a_line(
    preparer: User, colleague: User, rule: str, change: str | None
) -> None:
    make_payee(wage=1000)
    confirm(sent(preparer)[0], colleague)
    sql = f"UPDATE payouts_payoutline SET {change}" if change else "DELETE FROM payouts_payoutline"
    with (
        pytest.raises(IntegrityError, match=rule),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def findings() -> list[tuple[str, int]]:
    found = audit_books(with_stripe=False).findings
    return [(f.reference, f.difference_fen) for f in found if f.check == "pay-out ↔ book"]


def test_the_audit_holds_lines_against_the_book(preparer: User, colleague: User) -> None:
    make_payee(wage=1000, property=5)
    line = sent(preparer)[0]
    confirm(line, colleague)
    assert findings() == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE payouts_payoutline SET wage_fen = 1001")
        assert findings() == [(f"pay-out line {line.pk} wage", 1)]
        cursor.execute("UPDATE payouts_payoutline SET wage_fen = 1000")
        cursor.execute("DELETE FROM ledger_transfer WHERE code = 'paid_out' AND leg = 'property'")
    assert findings() == [(f"pay-out line {line.pk} property", 5)]
