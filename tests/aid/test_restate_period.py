"""What changes a signed month's sales later is shown beside the signed figures."""

import hashlib
import json

import pytest

from lukou_market.aid.close_period import prepare_period, sign_period
from lukou_market.aid.export_restatement import export_restatement
from lukou_market.aid.models import Period
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.restate_period import HouseholdChange, Restated, Restatement, restate_period
from lukou_market.aid.write_period import export_period
from lukou_market.ledger.models import Transfer
from lukou_market.orders.advance import mark_packed, mark_received, mark_shipped
from tests.aid.months import IN_AUGUST, IN_JULY, IN_JUNE, JULY, JUNE, Books
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


def close_june() -> Period:
    prepare_period(month=JUNE, prepared_by=make_staff("preparer"), now=IN_JULY)
    return sign_period(month=JUNE, signed_by=make_staff("signer"), now=IN_JULY)


def restated() -> Restatement:
    return restate_period(Period.objects.get(month=JUNE))


def test_nothing_happened_and_nothing_changed(books: Books) -> None:
    books.refund(books.sale(), 100, now=IN_JUNE)
    close_june()
    books.sale(now=IN_JULY)
    assert not restated().is_changed
    assert restated().sales == Restated(signed_fen=900, later_fen=0)


def test_a_refund_after_the_signature_is_shown_and_the_signed_bytes_stay(books: Books) -> None:
    order, _other = books.sale(), books.sale()
    signed = export_period(close_june())
    books.refund(order, 400, now=IN_AUGUST)

    assert export_period(Period.objects.get()) == signed
    found = restated()
    assert found.sales == Restated(signed_fen=2000, later_fen=-400)
    assert found.credits == Restated(signed_fen=900, later_fen=-180)
    assert found.credits.restated_fen == 720
    [event] = found.events
    assert (event.number, event.kind, f"{event.booked_in:%Y-%m}") == (
        order.number, "refund", "2026-08",
    )  # fmt: skip
    assert HouseholdChange(books.household.number, "430212101001", "property", -120) in (
        found.households
    )


def test_a_refund_changes_the_sales_of_one_month_and_the_credits_of_another(books: Books) -> None:
    order = books.paid()
    post_due_orders(now=IN_JULY)
    june = close_june()
    for step in (mark_packed, mark_shipped, mark_received):
        step(order=order, now=IN_JULY)
    post_due_orders(now=IN_JULY)
    prepare_period(month=JULY, prepared_by=june.prepared_by, now=IN_AUGUST)
    assert june.signed_by
    july = sign_period(month=JULY, signed_by=june.signed_by, now=IN_AUGUST)
    books.refund(order, 100, now=IN_AUGUST)
    assert (restated().sales.later_fen, restated().credits.later_fen) == (-100, 0)
    of_july = restate_period(july)
    assert (of_july.sales.later_fen, of_july.credits.later_fen) == (0, -45)


def test_what_comes_late_is_shown_for_the_month_it_was_meant_for(books: Books) -> None:
    books.sale()
    close_june()
    late = books.sale(posted_at=IN_JULY)
    found = restated()
    assert [(event.number, event.kind, event.late) for event in found.events] == [
        (late.number, "paid", True), (late.number, "received", True),
    ]  # fmt: skip
    assert found.sales == Restated(signed_fen=1000, later_fen=1000)
    assert found.credits == Restated(signed_fen=450, later_fen=450)


def test_the_export_names_the_transfers_reversed_and_its_own_hash(books: Books) -> None:
    order = books.sale()
    period = close_june()
    books.refund(order, 400, now=IN_AUGUST)
    data = export_restatement(restated(), now=IN_AUGUST)

    *body, end = data.splitlines(keepends=True)
    assert json.loads(end)["sha256"] == hashlib.sha256(b"".join(body)).hexdigest()
    header, event, *rest = map(json.loads, body)
    assert (header["month"], header["period_sha256"]) == ("2026-06", period.sha256)
    reversed_ids = [transfer["reverses_id"] for transfer in event["transfers"]]
    of_june = Transfer.objects.filter(
        journal__month=JUNE, code__in=["sale_retained", "sale_pooled"]
    )
    assert sorted(reversed_ids) == sorted(of_june.values_list("id", flat=True))
    assert sum(transfer["amount_fen"] for transfer in event["transfers"]) == 400
    assert rest[-2:] == [
        {"kind": "restated", "figure": "sales", "signed_fen": 1000, "later_fen": -400,
         "restated_fen": 600},
        {"kind": "restated", "figure": "credited", "signed_fen": 450, "later_fen": -180,
         "restated_fen": 270},
    ]  # fmt: skip
    assert sum(row["credited_fen"] for row in rest[:-2]) == -180
