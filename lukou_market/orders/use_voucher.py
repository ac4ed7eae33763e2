"""A member's voucher for an order: taken at the checkout, given back when nothing is bought."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import connection
from django.db.models import F

from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.errors import (
    VoucherBudgetSpent,
    VoucherNeedsMore,
    VoucherNotValid,
    VoucherUsedUp,
)
from lukou_market.orders.models import Order, Voucher, VoucherUse

_GIVE_BACK = """
    WITH given AS (
        UPDATE orders_voucheruse SET holds = false
        WHERE order_id = ANY (%(orders)s) AND holds RETURNING voucher_id, off_fen
    ), sums AS (SELECT voucher_id, sum(off_fen) AS fen FROM given GROUP BY voucher_id)
    UPDATE orders_voucher SET used_fen = used_fen - fen FROM sums WHERE id = voucher_id
"""
_LOCK = """
    SELECT FROM orders_voucher
    WHERE id IN (
        SELECT voucher_id FROM orders_voucheruse
        WHERE order_id = ANY (%(orders)s) AND holds = %(held)s)
    ORDER BY id FOR NO KEY UPDATE
"""
_FITS = """
    SELECT FROM orders_voucheruse used JOIN orders_voucher voucher ON voucher.id = voucher_id
    WHERE order_id = %(order)s AND NOT holds AND used_fen + used.off_fen <= budget_fen
        AND per_member > (
            SELECT count(*) FROM orders_voucheruse others
            WHERE others.voucher_id = voucher.id AND others.buyer_id = used.buyer_id
                AND others.holds)
"""
_TAKE_AGAIN = """
    WITH taken AS (
        UPDATE orders_voucheruse SET holds = true
        WHERE order_id = %(order)s AND NOT holds RETURNING voucher_id, off_fen
    )
    UPDATE orders_voucher SET used_fen = used_fen + taken.off_fen FROM taken WHERE id = voucher_id
"""


def take_voucher(*, order: Order, code: str, now: datetime) -> int:
    """Let the locked, unpaid order hold the voucher of this code; return what is off, in fen.

    It holds one voucher at most: give back another one first. Raises VoucherNotValid (no such
    code, or not now), VoucherNeedsMore, VoucherUsedUp (by this member), VoucherBudgetSpent.
    """
    found = Voucher.objects.select_for_update(no_key=True).filter(
        code=code.strip().upper(), valid_from__lte=now, valid_until__gt=now
    )
    voucher = found.first()
    if voucher is None:
        raise VoucherNotValid
    if order.total_fen < voucher.min_goods_fen:
        raise VoucherNeedsMore(min_goods_fen=voucher.min_goods_fen)
    with constraint_errors({"voucher_within_budget": VoucherBudgetSpent}):
        Voucher.objects.filter(pk=voucher.pk).update(used_fen=F("used_fen") + voucher.off_fen)
    held = {"voucher": voucher, "buyer_id": order.buyer_id, "off_fen": voucher.off_fen}
    used_up = partial(VoucherUsedUp, per_member=voucher.per_member)
    with constraint_errors({"voucher_member_cap": used_up}):
        VoucherUse.objects.update_or_create(order=order, defaults=held | {"holds": True})
    return voucher.off_fen


def lock_vouchers(*, order_ids: Collection[int], held: bool) -> None:
    """Lock the vouchers that these orders hold, or held once, by id."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"orders": list(order_ids), "held": held})


def retake_voucher(*, order_id: int) -> bool:
    """Take again what an expired order held: within cap and budget, or nothing.

    It was valid when it was taken; that it has ended since does not matter.
    """
    lock_vouchers(order_ids=[order_id], held=False)
    with connection.cursor() as cursor:
        cursor.execute(_FITS, {"order": order_id})
        if not cursor.fetchall():
            return False
        cursor.execute(_TAKE_AGAIN, {"order": order_id})
    return True


def give_back_vouchers(*, order_ids: Collection[int]) -> None:
    """Let go of what these locked orders hold; giving back twice changes nothing."""
    lock_vouchers(order_ids=order_ids, held=True)
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, {"orders": list(order_ids)})
