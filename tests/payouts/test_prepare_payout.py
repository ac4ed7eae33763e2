"""A batch reserves what the book owes, and nothing twice."""

from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from lukou_market.payouts.decide_lines import bounce_lines, confirm_lines
from lukou_market.payouts.errors import NothingToPay
from lukou_market.payouts.models import PayoutBatch, PayoutLine
from tests.factories import NOW, make_household, make_region, make_staff
from tests.payouts.books import credit, make_account, make_payee, owed_fen, paid_fen, prepare, sent

pytestmark = pytest.mark.django_db


def amounts() -> dict[str, int]:
    rows = PayoutLine.objects.values_list("household__number", "amount_fen")
    return dict(rows)


def test_every_household_of_the_region_with_a_balance_gets_a_line() -> None:
    near, far = make_region("430212101001"), make_region("430212102001")
    make_payee("甲", near, wage=1200, property=34)
    make_payee("乙", near)
    make_payee("丙", far, business=500)
    prepared = prepare(make_staff("a"), region="430212101000")
    assert amounts() == {"甲": 1234}
    assert (prepared.lines, prepared.total_fen, prepared.without_account) == (1, 1234, 0)
    line = PayoutLine.objects.get()
    assert (line.wage_fen, line.property_fen, line.status) == (1200, 34, "prepared")


def test_the_account_of_that_day_is_kept_encrypted() -> None:
    household = make_payee("甲", wage=100)
    prepare(make_staff("a"))
    account = household.bank_account
    account.holder, account.number = "别人", "999999999999"
    account.save()
    line = PayoutLine.objects.get()
    assert (line.holder, line.number[:4]) == ("李大山", "8101")
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder, number FROM payouts_payoutline")
        assert all(kept.startswith("gAAAA") for kept in cursor.fetchall()[0])


def test_a_loss_in_one_kind_is_netted_against_the_others() -> None:
    make_payee("甲", wage=-500, business=300, property=900)
    prepare(make_staff("a"))
    line = PayoutLine.objects.get()
    assert (line.wage_fen, line.business_fen, line.property_fen) == (0, 300, 400)


def test_a_refund_after_a_pay_out_is_taken_from_the_next_one() -> None:
    household = make_payee("甲", property=1000)
    confirm_lines(line_ids=[sent(make_staff("a"))[0].pk], by=make_staff("b"), now=NOW)
    credit(household, "property", -300)
    assert owed_fen(household) == -300
    with pytest.raises(NothingToPay):
        prepare(make_staff("c"))
    credit(household, "wage", 800)
    prepare(make_staff("d"))
    assert PayoutLine.objects.get(status="prepared").amount_fen == 500


def test_what_is_reserved_is_not_prepared_again() -> None:
    household = make_payee("甲", wage=1000)
    prepare(make_staff("a"))
    credit(household, "wage", 500)
    with pytest.raises(NothingToPay):
        prepare(make_staff("b"))
    assert (PayoutBatch.objects.count(), PayoutLine.objects.count()) == (1, 1)
    line = PayoutLine.objects.get()
    with pytest.raises(IntegrityError, match="payout_one_open_line"), transaction.atomic():
        line.pk = None
        line.save(force_insert=True)


def test_what_bounced_may_be_prepared_again() -> None:
    household = make_payee("甲", wage=1000)
    line = sent(make_staff("a"))[0]
    bounce_lines(line_ids=[line.pk], reason="户名不符", by=make_staff("b"), now=NOW)
    assert (owed_fen(household), paid_fen(household)) == (1000, 0)
    prepare(make_staff("c"))
    assert list(PayoutLine.objects.values_list("status", "amount_fen")) == [
        ("prepared", 1000),
        ("bounced", 1000),
    ]


def test_households_without_an_account_are_counted_and_left_out() -> None:
    make_payee("甲", wage=100)
    credit(make_household("乙"), "wage", 700)
    assert prepare(make_staff("a")).without_account == 1
    assert amounts() == {"甲": 100}


def test_a_region_that_is_owed_nothing_gets_no_batch() -> None:
    make_account(make_household())
    with pytest.raises(NothingToPay):
        prepare(make_staff("a"))
    assert not PayoutBatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_pay_out_confirmed_meanwhile_is_not_prepared_again() -> None:
    make_payee("甲", wage=1000)
    line, other, third = sent(make_staff("a"))[0], make_staff("b"), make_staff("c")
    outcome: list[object] = []

    def prepare_beside() -> None:
        try:
            outcome.append(prepare(third))
        except NothingToPay as refusal:
            outcome.append(refusal)
        finally:
            connection.close()

    with transaction.atomic():
        confirm_lines(line_ids=[line.pk], by=other, now=NOW)
        beside = Thread(target=prepare_beside)
        beside.start()
        beside.join(0.5)
        assert outcome == []  # it waits until the line is booked
    beside.join(20)
    assert [type(one) for one in outcome] == [NothingToPay]
