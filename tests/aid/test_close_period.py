"""Closing a month: one asks, the books are checked, another signs, and it stays as signed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import F

from lukou_market.accounts.models import User
from lukou_market.aid import period_rows
from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.close_period import (
    ask_for_period,
    check_asked,
    is_signed,
    next_month_to_close,
    prepare_period,
    sign_period,
)
from lukou_market.aid.errors import (
    BeingChecked,
    MonthNotNext,
    MonthNotOver,
    NotPrepared,
    PeriodChanged,
    PreparerNeverSigns,
    Unexplained,
)
from lukou_market.aid.models import HouseholdTotal, Period
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.verifier.verify_period import check
from lukou_market.aid.write_period import export_period
from lukou_market.ledger.models import Journal
from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.models import Discrepancy
from tests.aid.months import IN_AUGUST, IN_JULY, JULY, JUNE, Books
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[User, User]:
    return make_staff("preparer"), make_staff("signer")


def closed(month: date, two: tuple[User, User], now: datetime = IN_AUGUST) -> Period:
    prepare_period(month=month, prepared_by=two[0], now=now)
    return sign_period(month=month, signed_by=two[1], now=now)


def test_a_month_is_prepared_by_one_and_signed_by_another(
    books: Books, two: tuple[User, User]
) -> None:
    books.sale()
    prepared = prepare_period(month=JUNE, prepared_by=two[0], now=IN_JULY)
    with pytest.raises(PreparerNeverSigns):
        sign_period(month=JUNE, signed_by=two[0], now=IN_JULY)
    assert not is_signed(JUNE)
    signed = sign_period(month=JUNE, signed_by=two[1], now=IN_JULY)
    assert is_signed(JUNE)
    assert (signed.prepared_by, signed.signed_by) == two
    assert signed.sha256 == prepared.sha256


def test_the_figures_are_those_of_the_month(books: Books, two: tuple[User, User]) -> None:
    first, _second = books.sale(), books.sale()
    books.refund(first, 101, now=IN_JULY)
    header = check(export_period(closed(JUNE, two)))
    assert (header["month"], header["cut_off"]) == ("2026-06", "2026-07-01T00:00:00+08:00")
    assert header["districts"] == ["430212000000"]
    everything = books.total(Period.objects.get(), "all")
    assert everything == {
        "gross_fen": 2000, "received_fen": 2000, "refunded_fen": 0, "sales_pending_fen": 0,
        "held_fen": 0, "credited_fen": 900, "reversed_fen": 0, "shares_pending_fen": 0,
    }  # fmt: skip
    assert books.total(Period.objects.get(), "income_kind", "property")["credited_fen"] == 900


def test_no_name_and_no_id_number_is_in_the_file(books: Books, two: tuple[User, User]) -> None:
    books.sale()
    text = export_period(closed(JUNE, two)).decode()
    member = books.household.members.get()
    assert books.household.number in text
    for personal in (member.name, member.id_number, books.producer.name, "王小明", "13812345678"):
        assert personal not in text


def test_each_period_names_the_hash_of_the_one_before(books: Books, two: tuple[User, User]) -> None:
    books.sale()
    june, july = closed(JUNE, two), closed(JULY, two)
    assert (june.previous_sha256, july.previous_sha256) == ("", june.sha256)
    check(export_period(july), export_period(june))


def test_a_month_that_is_not_over_is_not_closed(books: Books, two: tuple[User, User]) -> None:
    books.sale()
    last_moment = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
    with pytest.raises(MonthNotOver):
        prepare_period(month=JUNE, prepared_by=two[0], now=last_moment)
    assert not Period.objects.exists()


def test_months_are_closed_in_order(books: Books, two: tuple[User, User]) -> None:
    books.sale()
    assert next_month_to_close() == JUNE
    with pytest.raises(MonthNotNext):
        prepare_period(month=JULY, prepared_by=two[0], now=IN_AUGUST)
    closed(JUNE, two)
    assert next_month_to_close() == JULY
    with pytest.raises(MonthNotNext):
        prepare_period(month=JUNE, prepared_by=two[0], now=IN_AUGUST)


def test_while_it_is_checked_it_is_not_asked_for_again(
    books: Books, two: tuple[User, User]
) -> None:
    books.sale()
    ask_for_period(month=JUNE, prepared_by=two[0], now=IN_JULY)
    with pytest.raises(BeingChecked):
        ask_for_period(month=JUNE, prepared_by=two[1], now=IN_JULY)
    with pytest.raises(NotPrepared):
        sign_period(month=JUNE, signed_by=two[1], now=IN_JULY)
    assert (check_asked(now=IN_JULY), check_asked(now=IN_JULY)) == (1, 0)


def _not_posted(books: Books) -> None:
    books.sale(post=False)


def _a_fen_too_much(books: Books) -> None:
    own = HouseholdTotal.objects.filter(household=books.household)
    own.update(credited_fen=F("credited_fen") + 1)


def _unknown_to_us(books: Books) -> None:
    books.differences.append(Difference("payment", "pi_unknown", stripe_fen=1, ours_fen=0))


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (_not_posted, ("not yet posted", 1000)),
        (_a_fen_too_much, ("book ↔ household totals", 1)),
        (_unknown_to_us, ("Stripe ↔ payments", 1)),
    ],
)
def test_what_is_unexplained_keeps_the_month_open(
    books: Books, two: tuple[User, User], spoil: Callable[[Books], None], named: tuple[str, int]
) -> None:
    books.sale()
    spoil(books)
    with pytest.raises(Unexplained) as refusal:
        prepare_period(month=JUNE, prepared_by=two[0], now=IN_JULY)
    found = {(one["check"], one["difference_fen"]) for one in refusal.value.detail["findings"]}
    assert named in found
    assert Period.objects.get().status == "refused"
    assert Period.objects.get().content is None


def test_figures_that_the_verifier_refuses_are_not_offered_for_signing(
    books: Books, two: tuple[User, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    books.sale()
    nothing = f"SELECT * FROM ({period_rows._SQL['transfers']}) none WHERE false"
    monkeypatch.setitem(period_rows._SQL, "transfers", nothing)
    with pytest.raises(Unexplained):
        prepare_period(month=JUNE, prepared_by=two[0], now=IN_JULY)
    [finding] = Period.objects.get().findings
    assert "1000 in gross_fen, but 0 fen were posted" in finding["reference"]
    assert Period.objects.get().content is None


def test_a_difference_that_is_explained_keeps_nothing_open(
    books: Books, two: tuple[User, User]
) -> None:
    books.sale()
    _unknown_to_us(books)
    with pytest.raises(Unexplained):
        prepare_period(month=JUNE, prepared_by=two[0], now=IN_JULY)
    Discrepancy.objects.update(
        explained_at=IN_JULY, explained_by=two[0], explanation="Tested by hand."
    )
    assert closed(JUNE, two).status == "signed"


def test_stripe_that_does_not_answer_keeps_the_month_open(
    books: Books, two: tuple[User, User]
) -> None:
    books.sale()
    books.stripe_answers = False
    with pytest.raises(Unexplained):
        prepare_period(month=JUNE, prepared_by=two[0], now=IN_JULY)


def test_what_turns_up_after_it_was_prepared_keeps_it_from_being_signed(
    books: Books, two: tuple[User, User]
) -> None:
    books.sale()
    prepare_period(month=JUNE, prepared_by=two[0], now=IN_JULY)
    books.sale(post=False)
    with pytest.raises(Unexplained):
        sign_period(month=JUNE, signed_by=two[1], now=IN_JULY)
    post_due_orders(now=IN_JULY)
    with pytest.raises(PeriodChanged):
        sign_period(month=JUNE, signed_by=two[1], now=IN_JULY)
    assert not is_signed(JUNE)
    assert closed(JUNE, two).status == "signed"
    assert books.total(Period.objects.get(), "all")["gross_fen"] == 2000


def test_a_refund_after_the_signature_leaves_the_signed_bytes_alone(
    books: Books, two: tuple[User, User]
) -> None:
    order = books.sale()
    signed = export_period(closed(JUNE, two))
    books.refund(order, 400, now=IN_AUGUST)
    assert export_period(Period.objects.get()) == signed
    assert audit_books(with_stripe=False).findings == []


def test_what_happened_in_a_signed_month_and_comes_late_is_booked_in_the_open_one(
    books: Books, two: tuple[User, User]
) -> None:
    books.sale()
    signed = export_period(closed(JUNE, two, now=IN_JULY))
    books.sale(posted_at=IN_JULY)
    assert export_period(Period.objects.get()) == signed
    late = Journal.objects.filter(late_for=JUNE)
    assert {journal.month for journal in late} == {JULY}
    assert HouseholdTotal.objects.get(month=JULY, household=books.household).credited_fen == 300
    assert audit_books(with_stripe=False).findings == []


@pytest.mark.parametrize(
    "change",
    ["content = content || 'x'", "sha256 = ''", "closed_id = NULL", "signed_at = now()"],
)
def test_a_signed_period_never_changes(
    books: Books, two: tuple[User, User], refused: Callable[[str, str], None], change: str
) -> None:
    books.sale()
    closed(JUNE, two)
    refused("period_kept", f"UPDATE aid_period SET {change}")
    refused("period_stays", "DELETE FROM aid_period")
    refused("period_stays", "TRUNCATE aid_period")


def test_content_and_hash_belong_together(
    books: Books, two: tuple[User, User], refused: Callable[[str, str], None]
) -> None:
    books.sale()
    prepare_period(month=JUNE, prepared_by=two[0], now=IN_JULY)
    refused("period_has_content", "UPDATE aid_period SET content = content || 'x'")


def test_the_database_lets_no_preparer_sign_and_no_period_follow_nothing(
    books: Books, two: tuple[User, User], refused: Callable[[str, str], None]
) -> None:
    books.sale()
    closed(JUNE, two)
    prepare_period(month=JULY, prepared_by=two[0], now=IN_AUGUST)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_closedmonth VALUES ('2026-07-01')")
    sign = (
        "UPDATE aid_period SET status = 'signed', signed_at = now(), closed_id = month, "
        "signed_by_id = {by}, previous_sha256 = {previous} WHERE status = 'prepared'"
    )
    refused("period_preparer_never_signs", sign.format(by=two[0].pk, previous="previous_sha256"))
    refused("period_follows", sign.format(by=two[1].pk, previous="''"))
