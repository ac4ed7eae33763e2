"""Rules of the domain that PostgreSQL itself keeps: each is broken here with raw SQL."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError

from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.orders.models import OfferTaps, Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.orders.share_receipt import share_receipt, stop_sharing_receipt
from lukou_market.organisations.address_list import read_address_list
from lukou_market.organisations.order_for_members import order_for_members
from lukou_market.streams.models import LiveSession, Recording, ReplayPart, SessionMinute
from lukou_market.streams.stream_keys import stream_name
from tests.factories import (
    NOW,
    charge,
    make_host,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_user,
    make_village,
    place,
    place_paid,
)
from tests.organisations.lists import filled, make_organisation, member
from tests.organisations.transfers import come, order_list

pytestmark = pytest.mark.django_db

REFUSED = (IntegrityError, InternalError)


def run(sql: str, *arguments: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return int(cursor.rowcount)


def assert_refused(rule: str, sql: str, *arguments: Any) -> None:
    """The statement breaks `rule`, by name, and is undone."""
    run("SET CONSTRAINTS ALL IMMEDIATE")  # what the test itself wrote is in order
    with pytest.raises(REFUSED, match=rule), transaction.atomic():
        run(sql, *arguments)
        run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("offer_taken_within_quota", "taken = -1"),
        ("offer_taken_within_quota", "taken = quota + 1"),
        ("offer_price_positive", "price_fen = 0"),
        ("offer_quota_positive", "quota = 0"),
        ("offer_limit_positive", "limit_per_buyer = 0"),
        ("offer_window", "opens_at = now(), closes_at = now()"),
        ("offer_identity_kept", "session_id = session_id + 1"),
    ],
)
def test_an_offers_stock_stays_between_zero_and_its_quota(rule: str, change: str) -> None:
    offer = make_offer()
    assert_refused(rule, f"UPDATE streams_offer SET {change} WHERE id = %s", offer.pk)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("order_terms_kept", "total_fen = 1"),
        ("order_terms_kept", "buyer_id = buyer_id + 1"),
        ("order_edges", "status = 'received'"),
        ("order_edges", "status = 'nonsense'"),
        ("order_paid_when_moving", "status = 'paid', address = 'somewhere'"),
        ("order_refund_within_total", "refunded_fen = total_fen + 1"),
        ("order_refund_within_total|refunded_fen", "refunded_fen = -1"),
    ],
)
def test_an_order_moves_only_along_its_edges_and_keeps_its_terms(rule: str, change: str) -> None:
    order = place(make_user(), make_offer())
    assert_refused(rule, f"UPDATE orders_order SET {change} WHERE id = %s", order.pk)


@pytest.mark.parametrize("status", ["placed", "received", "cancelled", "expired"])
def test_a_paid_order_neither_goes_back_nor_jumps(status: str) -> None:
    order = place_paid(make_user(), make_offer())
    assert_refused(
        "order_edges", "UPDATE orders_order SET status = %s WHERE id = %s", status, order.pk
    )


def test_a_paid_order_has_an_address() -> None:
    order = place(make_user(), make_offer())
    sql = "UPDATE orders_order SET status = 'paid', paid_at = now() WHERE id = %s"
    assert_refused("order_address_when_paid", sql, order.pk)


def test_an_order_is_refunded_only_when_all_of_it_went_back() -> None:
    order = place_paid(make_user(), make_offer())
    sql = "UPDATE orders_order SET status = 'refunded', refunded_fen = 1 WHERE id = %s"
    assert_refused("order_refunded_whole", sql, order.pk)


def order_columns(*, but: set[str]) -> str:
    return ", ".join(str(f.column) for f in Order._meta.fields if f.column not in but)


def test_an_order_starts_as_placed() -> None:
    order = place(make_user(), make_offer())
    columns = order_columns(but={"id", "status", "number", "idempotency_key"})
    sql = f"""INSERT INTO orders_order (status, number, idempotency_key, {columns})
              SELECT 'paid', 'x', 'x', {columns} FROM orders_order WHERE id = %s"""
    assert_refused("order_starts_placed", sql, order.pk)


def test_an_order_refers_to_a_session_that_exists() -> None:
    order = place(make_user(), make_offer())
    columns = order_columns(but={"id", "number", "idempotency_key", "session_id"})
    sql = f"""INSERT INTO orders_order (number, idempotency_key, session_id, {columns})
              SELECT n, n, session_id + n, {columns}
              FROM orders_order, generate_series(0, 1) n WHERE id = %s"""
    assert_refused("order_session_exists", sql, order.pk)


LINE = "order_id, offer_id, sku_id, producer_id, buyer_id"


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("order_line_parents_exist", "offer_id"),
        ("order_line_parents_exist", "sku_id"),
        ("order_line_parents_exist", "producer_id"),
        ("order_line_of_its_buyer", "buyer_id"),
    ],
)
def test_a_line_refers_to_rows_that_exist_and_to_its_orders_buyer(rule: str, column: str) -> None:
    order = place(make_user(), make_offer())
    make_user()
    broken = LINE.replace(column, f"{column} + n")
    sql = f"""INSERT INTO orders_orderline
                  ({LINE}, quantity, price_fen, weight_g, total_fen, holds_stock)
              SELECT {broken}, quantity, price_fen, weight_g, total_fen, false
              FROM orders_orderline, generate_series(0, 1) n WHERE order_id = %s"""
    assert_refused(rule, sql, order.pk)


PARENTS = [
    ("session_of_orders_kept", "streams_livesession"),
    ("offer_of_lines_kept", "streams_offer"),
    ("sku_of_lines_kept", "catalog_sku"),
    ("producer_of_lines_kept", "households_producer"),
]


@pytest.mark.parametrize(("rule", "table"), PARENTS)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000"])
def test_what_orders_refer_to_stays(rule: str, table: str, statement: str) -> None:
    place(make_user(), make_offer())
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")  # other tables refer to it too, by foreign keys
    with pytest.raises(REFUSED, match=rule), transaction.atomic():
        run(statement.format(table))


@pytest.mark.parametrize(("rule", "table"), PARENTS)
def test_what_orders_refer_to_is_not_emptied_without_them(rule: str, table: str) -> None:
    place(make_user(), make_offer())
    run(  # other tables, emptied along with it, have rules of their own
        """SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true)
           FROM pg_trigger WHERE tgtype & 32 > 0 AND tgname NOT LIKE %s""",
        f"%{rule}%",
    )
    assert_refused(rule, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000"])
def test_what_no_order_refers_to_may_go(statement: str) -> None:
    ordered, other = make_offer(), make_offer()
    place(make_user(), ordered)
    assert run(f"{statement.format('streams_offer')} WHERE id = %s", other.pk) == 1


def test_a_buyers_key_stands_for_one_order() -> None:
    order = place(make_user(), make_offer())
    columns = order_columns(but={"id", "number"})
    sql = f"""INSERT INTO orders_order (number, {columns})
              SELECT 'x', {columns} FROM orders_order WHERE id = %s"""
    assert_refused("order_idempotency_key", sql, order.pk)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("order_line_terms_kept", "quantity = 5"),
        ("order_line_terms_kept", "total_fen = 5"),
    ],
)
def test_an_order_line_keeps_its_terms(rule: str, change: str) -> None:
    order = place(make_user(), make_offer())
    assert_refused(rule, f"UPDATE orders_orderline SET {change} WHERE order_id = %s", order.pk)


def test_history_is_written_by_the_database_and_never_rewritten() -> None:
    order = place(make_user(), make_offer())
    run("UPDATE orders_order SET status = 'cancelled' WHERE id = %s", order.pk)
    assert [event.kind for event in order.events.all()] == ["cancelled"]
    assert_refused("order_event_kept", "UPDATE orders_orderevent SET kind = 'paid'")
    assert_refused("order_event_stays", "DELETE FROM orders_orderevent")


def booked() -> None:
    producer = make_producer()
    make_link(producer, make_household(), 5000)
    place_paid(make_user(), make_offer(sku=make_sku(producer)))
    post_due_orders(now=NOW)


@pytest.mark.parametrize("table", ["transfer", "journal", "account"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_book_is_append_only(table: str, statement: str) -> None:
    booked()
    assert_refused("kept", statement.format(f"ledger_{table}"))


@pytest.mark.parametrize(
    ("rule", "amount", "credit"),
    [
        ("transfer_amount_positive", "0", "credit_id"),
        ("transfer_amount_positive", "-amount_fen", "credit_id"),
        ("transfer_two_accounts", "amount_fen", "debit_id"),
    ],
)
def test_a_transfer_moves_a_positive_amount_between_two_accounts(
    rule: str, amount: str, credit: str
) -> None:
    booked()
    columns = "journal_id, debit_id, code, source_kind, source_id, leg, effective_at"
    sql = f"""INSERT INTO ledger_transfer ({columns}, amount_fen, credit_id)
              SELECT {columns.replace("leg", "'other'")}, {amount}, {credit}
              FROM ledger_transfer LIMIT 1"""
    assert_refused(rule, sql)


def test_one_cause_is_posted_once() -> None:
    booked()
    columns = """journal_id, debit_id, credit_id, amount_fen, code,
                 source_kind, source_id, leg, effective_at"""
    sql = f"INSERT INTO ledger_transfer ({columns}) SELECT {columns} FROM ledger_transfer LIMIT 1"
    assert_refused("transfer_source_once", sql)


def test_totals_count_up_and_belong_to_a_month() -> None:
    booked()
    assert HouseholdTotal.objects.exists()
    assert_refused("producer_total_counts_up", "UPDATE aid_producertotal SET gross_fen = -1")
    assert_refused("household_total_month", "UPDATE aid_householdtotal SET month = '2026-06-02'")


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ("live_session_edges", "ended"),
        ("live_session_edges", "interrupted"),
        ("live_session_times", "live"),
    ],
)
def test_a_session_moves_only_along_its_edges(rule: str, status: str) -> None:
    session = make_session("scheduled")
    sql = "UPDATE streams_livesession SET status = %s WHERE id = %s"
    assert_refused(rule, sql, status, session.pk)


def test_a_host_has_one_live_session() -> None:
    host = make_host()
    make_session("live", host=host)
    other = make_session("scheduled", host=host)
    sql = "UPDATE streams_livesession SET status = 'live', started_at = now() WHERE id = %s"
    assert_refused("host_one_live_session", sql, other.pk)


def test_when_a_session_began_stays_and_its_viewers_only_grow() -> None:
    session = make_session("live")
    run("UPDATE streams_livesession SET viewers = 5")
    change = "UPDATE streams_livesession SET {} WHERE id = %s"
    began = change.format("started_at = started_at + interval '1 second'")
    assert_refused("live_session_start_stays", began, session.pk)
    assert_refused("live_session_start_stays", change.format("started_at = NULL"), session.pk)
    assert_refused("live_session_viewers_count_up", change.format("viewers = 4"), session.pk)


@pytest.mark.parametrize(
    "change",
    [
        "publisher = '1'",
        "publishing_since = now(), seen_at = now()",
        "publisher = '1', publishing_since = now()",
        "publisher = '1', publishing_since = now(), seen_at = now() - interval '1 second'",
    ],
)
def test_a_publisher_has_a_beginning_and_was_seen_since(change: str) -> None:
    stream_name(make_session())
    assert_refused("stream_key_publisher_dated", f"UPDATE streams_streamkey SET {change}")


def recorded() -> None:
    session = make_session()
    Recording.objects.create(session=session, file="1-1.flv", found_at=NOW)
    ReplayPart.objects.create(session=session, file="1-1.flv", started_at=NOW, length_ms=5)


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("recording_kept", "UPDATE streams_recording SET file = 'x'"),
        ("recording_kept", "UPDATE streams_recording SET session_id = session_id + 1"),
        ("replay_part_kept", "UPDATE streams_replaypart SET length_ms = 6"),
        ("replay_part_kept", "DELETE FROM streams_replaypart"),
        ("replay_part_kept", "TRUNCATE streams_replaypart"),
        (
            "replay_part_has_length",
            """INSERT INTO streams_replaypart (session_id, file, started_at, length_ms)
               SELECT session_id, 'x', started_at, 0 FROM streams_replaypart""",
        ),
        (
            "streams_replaypart_file_key",
            """INSERT INTO streams_replaypart (session_id, file, started_at, length_ms)
               SELECT session_id, file, started_at, 7 FROM streams_replaypart""",
        ),
    ],
)
def test_what_was_recorded_stays_and_is_a_part_once(rule: str, statement: str) -> None:
    recorded()
    assert_refused(rule, statement)


def test_versions_of_a_link_never_overlap_in_time() -> None:
    link = make_link(make_producer(), make_household(), 1000)
    columns = "producer_id, household_id, mechanism, share_bp, in_force"
    sql = f"""INSERT INTO households_benefitlink (version, {columns})
              SELECT 2, {columns} FROM households_benefitlink WHERE id = %s"""
    assert_refused("benefit_link_versions_apart", sql, link.pk)


def test_the_shares_of_a_producer_never_exceed_the_whole() -> None:
    producer = make_producer()
    link = make_link(producer, make_household(), 9000)
    sql = """INSERT INTO households_benefitlink
                 (producer_id, household_id, mechanism, version, share_bp, in_force)
             SELECT producer_id, %s, mechanism, 1, 1001, in_force
             FROM households_benefitlink WHERE id = %s"""
    assert_refused("benefit_link_shares_fit", sql, make_household().pk, link.pk)


@pytest.mark.parametrize("change", ["share_bp = 1", "mechanism = 'land'", "version = 7"])
def test_a_version_of_a_link_is_never_rewritten(change: str) -> None:
    link = make_link(make_producer(), make_household(), 1000)
    sql = f"UPDATE households_benefitlink SET {change} WHERE id = %s"
    assert_refused("benefit_link_version_kept", sql, link.pk)


@pytest.mark.parametrize(
    ("rule", "code", "level", "parent"),
    [
        ("region_code_digits", "43021210100x", "village", "430212101000"),
        ("region_code_fits_level", "430212101002", "town", "430212000000"),
        ("region_code_fits_level", "430212102001", "village", "430212101000"),
        ("region_code_fits_level", "430213000000", "district", "430212000000"),
    ],
)
def test_a_regions_code_says_where_it_belongs(
    rule: str, code: str, level: str, parent: str
) -> None:
    make_village("430212101001")
    sql = "INSERT INTO regions_region (code, name, level, parent_id) VALUES (%s, 'x', %s, %s)"
    assert_refused(rule, sql, code, level, parent)


def test_a_household_has_one_head_and_lives_in_a_village() -> None:
    household = make_household()
    columns = "household_id, name, relation, id_number, health, labour, months_worked"
    sql = f"""INSERT INTO households_householdmember (id_digest, {columns})
              SELECT 'x', {columns} FROM households_householdmember WHERE household_id = %s"""
    assert_refused("household_one_head", sql, household.pk)
    sql = "UPDATE households_household SET village_id = '430212101000' WHERE id = %s"
    assert_refused("household_village_is_village", sql, household.pk)


@pytest.mark.parametrize(
    ("rule", "change"),
    [("sku_weight_positive", "weight_g = 0"), ("sku_price_positive", "list_price_fen = 0")],
)
def test_weights_and_prices_are_positive(rule: str, change: str) -> None:
    sku = make_sku()
    assert_refused(rule, f"UPDATE catalog_sku SET {change} WHERE id = %s", sku.pk)


def payment_of(order: Order) -> None:
    run(
        """INSERT INTO payments_payment (order_id, status, amount_fen, refunding_fen, applied,
               checkout_url, created_at, checked_at)
           VALUES (%s, 'creating', %s, 0, false, '', now(), now())""",
        order.pk,
        order.total_fen,
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("payment_refunds_within_amount", "refunding_fen = amount_fen + 1"),
        ("payment_amount_positive", "amount_fen = 0"),
        ("payment_succeeded_dated", "status = 'succeeded'"),
        ("payment_succeeded_dated", "applied = true"),
        ("payment_order_kept", "order_id = order_id + 1"),
        ("payment_edges", "status = 'refunded'"),
    ],
)
def test_a_payment_never_gives_back_more_than_it_was(rule: str, change: str) -> None:
    payment_of(place(make_user(), make_offer()))
    assert_refused(rule, f"UPDATE payments_payment SET {change}")


def test_an_order_is_paid_by_one_payment() -> None:
    order = place(make_user(), make_offer())
    payment_of(order)
    payment_of(order)
    sql = """UPDATE payments_payment
             SET status = 'succeeded', applied = true, paid_at = now(),
                 payment_intent_id = id::text"""
    assert_refused("payment_one_applied_per_order", sql)


def test_a_refund_event_carries_its_amount() -> None:
    order = place_paid(make_user(), make_offer())
    record_refund(order=order, amount_fen=5, now=NOW)
    sql = """INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)
             VALUES (%s, 'refund', 0, now(), false)"""
    assert_refused("order_event_amount", sql, order.pk)


REFUND_COPY = """INSERT INTO payments_refund
    (payment_id, status, reason, note, requested_at, next_attempt_at, attempts, amount_fen)
    SELECT payment_id, status, reason, note, requested_at, next_attempt_at, attempts,"""


def test_a_refund_keeps_its_terms_and_moves_only_along_its_edges() -> None:
    payment_of(place(make_user(), make_offer()))
    run(
        """INSERT INTO payments_refund
               (payment_id, status, reason, note, requested_at, next_attempt_at, attempts,
                amount_fen)
           SELECT id, 'requested', 'buyer', '', now(), now(), 0, 5 FROM payments_payment"""
    )
    assert_refused("refund_edges", "UPDATE payments_refund SET status = 'succeeded'")
    assert_refused("refund_terms_kept", "UPDATE payments_refund SET amount_fen = 6")
    assert_refused("refund_settled_dated", "UPDATE payments_refund SET status = 'rejected'")
    assert_refused("refund_amount_positive", f"{REFUND_COPY} 0 FROM payments_refund")


def test_an_event_happens_to_an_order_once() -> None:
    order = place_paid(make_user(), make_offer())
    sql = """INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)
             VALUES (%s, 'paid', 0, now(), false)"""
    assert_refused("order_event_once", sql, order.pk)


def test_past_sales_keep_their_producer() -> None:
    sku = make_sku()
    change = "UPDATE catalog_product SET producer_id = %s WHERE id = %s"
    assert_refused("product_producer_kept", change, make_producer().pk, sku.product_id)
    other = make_sku().product_id
    change = "UPDATE catalog_sku SET product_id = %s WHERE id = %s"
    assert_refused("sku_product_kept", change, other, sku.pk)


@pytest.mark.parametrize(
    ("rule", "role", "region"),
    [
        ("role_grant_region", "cadre", None),
        ("role_grant_region", "packer", None),
        ("role_grant_region", "auditor", "430212101001"),
        ("role_grant_once", "host", None),
    ],
)
def test_a_role_is_held_once_and_where_it_needs_a_place(
    rule: str, role: str, region: str | None
) -> None:
    make_village("430212101001")
    user = make_user()
    sql = "INSERT INTO accounts_rolegrant (user_id, role, region_id) VALUES (%s, %s, %s)"
    run(sql, user.pk, "host", None)
    assert_refused(rule, sql, user.pk, role, region)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("offer_taps_count_up", "taps = taps - 1"),
        ("offer_taps_count_up", "minute = minute + interval '1 minute'"),
        ("offer_taps_positive|offer_taps_count_up", "taps = 0"),
    ],
)
def test_taps_only_grow(rule: str, change: str) -> None:
    OfferTaps.objects.create(offer=make_offer(), minute=NOW, taps=3)
    assert_refused(rule, f"UPDATE orders_offertaps SET {change}")
    assert_refused("offer_taps_stay", "DELETE FROM orders_offertaps")
    again = "INSERT INTO orders_offertaps (offer_id, minute, taps) SELECT offer_id, {}, 1"
    assert_refused("offer_taps_once", f"{again.format('minute')} FROM orders_offertaps")
    odd = again.format("minute + interval '1 second'")
    assert_refused("offer_taps_whole_minute", f"{odd} FROM orders_offertaps")


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("session_minute_counts_up", "watching = 8"),
        ("session_minute_counts_up", "watched_s = watched_s - 1"),
        ("session_minute_counts_up", "arrived = 0"),
        ("session_minute_watched_by_somebody", "watched_s = 541"),
        ("session_minute_counts_up|session_minute_whole", "minute = minute + interval '1 second'"),
    ],
)
def test_an_audience_is_counted_and_never_talked_smaller(rule: str, change: str) -> None:
    session = make_session()
    SessionMinute.objects.create(session=session, minute=NOW, watching=9, watched_s=99, arrived=2)
    assert_refused(rule, f"UPDATE streams_sessionminute SET {change}")
    assert_refused("session_minute_stays", "DELETE FROM streams_sessionminute")
    LiveSession.objects.filter(pk=session.pk).update(viewers=2)
    down = "UPDATE streams_livesession SET viewers = 1 WHERE id = %s"
    assert_refused("live_session_viewers_count_up", down, session.pk)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("organisation_credit_code", "credit_code = '81430200MC123456IO'"),
        ("organisation_target", "target_bp = 2000"),
        ("organisation_budget_positive", "yearly_budget_fen = 0"),
    ],
)
def test_an_organisation_has_a_code_and_a_target(rule: str, change: str) -> None:
    make_organisation()
    assert_refused(rule, f"UPDATE organisations_organisation SET {change}")


def test_a_discount_is_paid_by_its_voucher() -> None:
    order = place(make_user(), make_offer())
    pay = "UPDATE orders_order SET status = 'paid', paid_at = now(), address = 'x' WHERE id = %s"
    run("UPDATE orders_order SET discount_fen = 500 WHERE id = %s", order.pk)
    assert_refused("order_discount_is_a_vouchers", pay, order.pk)
    run("UPDATE orders_order SET discount_fen = 0 WHERE id = %s", order.pk)
    charge(order, shipping_fen=0, discount_fen=500)
    run("UPDATE orders_order SET discount_fen = 501 WHERE id = %s", order.pk)
    assert_refused("order_discount_is_a_vouchers", pay, order.pk)
    run("UPDATE orders_order SET discount_fen = 500 WHERE id = %s", order.pk)
    assert run(pay, order.pk) == 1


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("member_parcel_kept", "boxes = boxes + 1"),
        ("member_parcel_once", "row = 2"),
        ("member_parcel_box_once", "first_box = 1"),
        ("member_parcel_box_once", "first_box = 2"),
    ],
)
def test_a_members_boxes_are_their_own_and_stay(rule: str, change: str) -> None:
    offer = make_offer(organisations_until=NOW + timedelta(days=1))
    order_for_members(
        organisation=make_organisation(),
        offer_id=offer.pk,
        listed=read_address_list(filled([member(1), member(2)])),
        shown_price_fen=offer.price_fen,
        now=NOW,
    )
    if rule == "member_parcel_kept":
        assert_refused(rule, f"UPDATE organisations_memberparcel SET {change}")
        return
    columns = {"row": "9", "first_box": "9"} | dict([change.split(" = ")])
    copy = f"SELECT group_order_id, {columns['row']}, {columns['first_box']}, 1, 'a', 'b', 'c'"
    assert_refused(
        rule,
        "INSERT INTO organisations_memberparcel (group_order_id, row, first_box, boxes, recipient,"
        f" phone, address) {copy} FROM organisations_memberparcel LIMIT 1",
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("bank_transfer_kept", "amount_fen = amount_fen + 1"),
        ("bank_transfer_reference", "reference = '?'"),
        ("bank_transfer_amount", "amount_fen = 0"),
        ("bank_transfer_once", ""),
    ],
)
def test_a_line_of_the_banks_statement_is_taken_once_and_stays(rule: str, change: str) -> None:
    offer = make_offer(organisations_until=NOW + timedelta(days=1))
    come(order_list(make_organisation(), offer, 1))
    if rule == "bank_transfer_kept":
        assert_refused(rule, f"UPDATE payments_banktransfer SET {change}")
        assert_refused(rule, "DELETE FROM payments_banktransfer")
        assert_refused("payment_order_kept", "UPDATE payments_payment SET bank_transfer_id = NULL")
        assert_refused("payment_one_way", "UPDATE payments_payment SET payment_intent_id = 'pi_1'")
        more = "UPDATE payments_payment SET amount_fen = amount_fen + 1"
        assert_refused("payment_amount_as_stated", more)
        return
    column, _, value = change.partition(" = ")
    columns = {"reference": "reference", "amount_fen": "5"} | ({column: value} if column else {})
    assert_refused(
        rule,
        'INSERT INTO payments_banktransfer (reference, amount_fen, "on", recorded_by_id,'
        f' recorded_at) SELECT {columns["reference"]}, {columns["amount_fen"]}, "on",'
        " recorded_by_id, recorded_at FROM payments_banktransfer",
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("notice_kept", "amount_fen = 1"),
        ("notice_texted_once", "texted_at = now()"),
    ],
)
def test_a_buyer_is_told_once(rule: str, change: str) -> None:
    order = place_paid(make_user(), make_offer())
    record_refund(order=order, amount_fen=5, now=NOW)
    assert_refused(rule, f"UPDATE orders_buyernotice SET {change}")
    again = "INSERT INTO orders_buyernotice (order_id, event_id, kind, amount_fen, made_at)"
    same = f"{again} SELECT order_id, event_id, kind, amount_fen, made_at FROM orders_buyernotice"
    assert_refused("event_id", same)
    late = f"{again} VALUES (%s, NULL, 'late', 0, now())"
    run(late, order.pk)
    assert_refused("notice_late_once", late, order.pk)


def test_a_parcel_that_left_is_told_once_with_its_boxes() -> None:
    order = place_paid(make_user(), make_offer())
    columns = "(order_id, kind, amount_fen, made_at, first_box, last_box)"
    insert = f"INSERT INTO orders_buyernotice {columns}"
    run(f"{insert} VALUES (%s, 'parcel', 0, now(), 1, 2)", order.pk)
    again = f"{insert} VALUES (%s, 'parcel', 0, now(), 1, 1)"
    assert_refused("notice_parcel_once", again, order.pk)
    for kind, first, last in (("parcel", "3", "2"), ("parcel", "NULL", "NULL"), ("late", "1", "1")):
        values = f"VALUES (%s, '{kind}', 0, now(), {first}, {last})"
        assert_refused("notice_boxes_of_a_parcel", f"{insert} {values}", order.pk)


@pytest.mark.parametrize("units", [-1, 2])
def test_no_more_units_leave_than_were_ordered(units: int) -> None:
    place_paid(make_user(), make_offer())
    change = f"UPDATE orders_orderline SET shipped_quantity = {units}"
    assert_refused("order_line_shipped_within_quantity|shipped_quantity_check", change)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("receipt_link_ended_once", "ended_at = NULL, token = 'again'"),
        ("receipt_link_kept|receipt_link_ended_once", "token_digest = 'other'"),
    ],
)
def test_a_receipts_link_that_ended_stays_ended(rule: str, change: str) -> None:
    order = place_paid(make_user(), make_offer())
    share_receipt(buyer_id=order.buyer_id, number=order.number, now=NOW)
    assert_refused("receipt_link_kept", "UPDATE orders_receiptlink SET token_digest = 'other'")
    assert_refused("receipt_link_forgotten_when_ended", "UPDATE orders_receiptlink SET token = ''")
    again = "INSERT INTO orders_receiptlink (order_id, token, token_digest, made_at)"
    assert_refused("receipt_link_one_open", f"{again} VALUES (%s, 'x', 'y', now())", order.pk)
    stop_sharing_receipt(buyer_id=order.buyer_id, number=order.number, now=NOW)
    assert_refused(rule, f"UPDATE orders_receiptlink SET {change}")
