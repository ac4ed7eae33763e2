"""Why an order is refused, in codes for programs and sentences for people."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.money import yuan
from lukou_market.streams.errors import OfferNotFound


class IdempotencyKeyMissing(DomainError):
    code = "idempotency_key_missing"
    status = 400
    sentence = _("The header Idempotency-Key is missing or longer than 80 characters.")


class IdempotencyKeyReused(DomainError):
    code = "idempotency_key_reused"
    status = 422
    sentence = _("This key was used for another order. Please order again.")


class SessionNotLive(DomainError):
    code = "session_not_live"
    sentence = _("The stream is not live, so nothing can be ordered right now.")


class OfferNotOpen(DomainError):
    code = "offer_not_open"
    sentence = _("This offer is not open right now.")


class PriceChanged(DomainError):
    code = "price_changed"
    sentence = _("The price has changed. Please look at it and order again.")


class LimitReached(DomainError):
    code = "limit_reached"
    sentence = _("You have reached the limit for each buyer.")


class SoldOut(DomainError):
    code = "sold_out"
    sentence = _("Sold out.")


class Busy(DomainError):
    """More orders than can be taken on now; the same key may be sent again."""

    code = "busy"
    status = 503
    sentence = _("Very many people are ordering right now. Please try again in a moment.")
    retry_after_s = 1


class OrderNotFound(DomainError):
    code = "order_not_found"
    status = 404
    sentence = _("This order does not exist.")


class OrderNotCancellable(DomainError):
    code = "order_not_cancellable"
    sentence = _("Only an order that waits for payment can be cancelled.")


class OrderNotPaid(DomainError):
    code = "order_not_paid"
    sentence = _("There is a receipt once the order is paid.")


class ReceiptNotFound(DomainError):
    code = "receipt_not_found"
    status = 404
    sentence = _("This link opens no receipt. Whoever gave it to you may have ended it.")


class OrderNotInStatus(DomainError):
    """The order has moved on (or not yet come) and the step does not apply to it."""

    code = "order_not_in_status"
    sentence = _("The order is not at the step this belongs to.")


class NotDelivered(DomainError):
    code = "not_delivered"
    sentence = _("We can't send goods there. Please choose another address, or cancel the order.")


class TotalChanged(DomainError):
    """`detail` has the goods, shipping, discount and what is due now, in fen."""

    code = "total_changed"
    sentence = _("The total with shipping and discount is another one. Please look at it again.")


class VoucherNotValid(DomainError):
    """Unknown, not yet valid or no longer: who guesses codes can't tell which."""

    code = "voucher_not_valid"
    sentence = _("There is no such voucher, or it is not valid now.")


class VoucherNeedsMore(DomainError):
    """`min_goods_fen` in the detail."""

    code = "voucher_needs_more"
    sentence = _("This voucher is for goods of ¥%(yuan)s or more.")

    def __str__(self) -> str:
        return str(self.sentence) % {"yuan": yuan(self.detail["min_goods_fen"])}


class VoucherUsedUp(DomainError):
    """`per_member` in the detail: how many orders of a member it is for."""

    code = "voucher_used_up"
    sentence = _("You have used this voucher already. Times each member may use it: %(per_member)s")

    def __str__(self) -> str:
        return str(self.sentence) % self.detail


class VoucherBudgetSpent(DomainError):
    code = "voucher_budget_spent"
    sentence = _("The money behind this voucher is used up.")


REFUSALS: dict[str, type[DomainError]] = {
    error.code: error
    for error in (
        IdempotencyKeyReused,
        OfferNotFound,
        SessionNotLive,
        OfferNotOpen,
        PriceChanged,
        LimitReached,
        SoldOut,
    )
}


class ReceiptRecordedBefore(DomainError):
    code = "receipt_recorded_before"
    sentence = _("A sale with this receipt number is recorded already.")


class ReversedBefore(DomainError):
    code = "direct_sale_reversed_before"
    sentence = _("This sale is reversed already.")


class ReversedBeforeSold(DomainError):
    code = "direct_sale_reversed_before_sold"
    sentence = _("A reversal can't be earlier than its sale.")
