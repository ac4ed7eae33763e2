"""Why a payment or a refund is refused, in codes for programs and sentences for people."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class OrderNotPayable(DomainError):
    code = "order_not_payable"
    sentence = _("This order can't be paid any more.")


class TransferNotOffered(DomainError):
    code = "transfer_not_offered"
    sentence = _("This order can't be paid by bank transfer. Please pay online.")


class TransferAmountDiffers(DomainError):
    """`detail` has what is due, in fen."""

    code = "transfer_amount_differs"
    sentence = _(
        "The amount is not what the order costs. If the bank has really received it, tick that it "
        "goes back; the organisation then transfers the exact amount."
    )


class OrderPaidBefore(DomainError):
    code = "order_paid_before"
    sentence = _(
        "This order is paid already. If the bank has really received a second transfer, tick that "
        "it goes back."
    )


class TransferTooLate(DomainError):
    code = "transfer_too_late"
    sentence = _(
        "This order is over and its boxes are gone. If the bank has really received the transfer, "
        "tick that it goes back."
    )


class TransferDateWrong(DomainError):
    code = "transfer_date_wrong"
    status = 422
    sentence = _("The bank can't have moved this money on that day. Please look at the statement.")


class TransferReferenceWrong(DomainError):
    code = "transfer_reference_wrong"
    status = 422
    sentence = _("A bank reference number has 4 to 40 digits and letters.")


class TransferRecordedBefore(DomainError):
    code = "transfer_recorded_before"
    sentence = _("A transfer with this bank reference number was recorded before.")


class RefundNotToTransfer(DomainError):
    code = "refund_not_to_transfer"
    sentence = _("This refund is not waiting for a bank transfer.")


class StripeUnavailable(DomainError):
    """Stripe did not answer, or not now: the same call may be made again later."""

    code = "payment_service_unavailable"
    status = 503
    sentence = _("The payment service does not answer. Please try again in a minute.")


class StripeNotNow(StripeUnavailable):
    """Stripe understood the call and will not grant it today; it may be made again, as another."""


class StripeRefused(DomainError):
    """Stripe understood the call and will never grant it."""

    code = "payment_service_refused"
    status = 502
    sentence = _("The payment service refused this payment.")


class BadSignature(DomainError):
    code = "bad_signature"
    status = 400
    sentence = _("The signature does not fit the body.")


class PaymentNotFound(DomainError):
    code = "payment_not_found"
    status = 404
    sentence = _("This payment does not exist.")


class RefundNotFound(DomainError):
    code = "refund_not_found"
    status = 404
    sentence = _("This refund does not exist.")


class NotRefundable(DomainError):
    code = "not_refundable"
    sentence = _("There is nothing to refund on this order.")


class RefundInProgress(DomainError):
    code = "refund_in_progress"
    sentence = _("A refund of this order is under way. Please wait for it.")


class RefundTooLarge(DomainError):
    code = "refund_too_large"
    sentence = _("That is more than what is left of the payment.")


class RefundDecided(DomainError):
    code = "refund_decided"
    sentence = _("This refund has been decided already.")


class PaymentDisputed(DomainError):
    code = "payment_disputed"
    sentence = _("The buyer's bank disputes this payment. No refund until it has decided.")


class DiscrepancyNotFound(DomainError):
    code = "discrepancy_not_found"
    status = 404
    sentence = _("This discrepancy does not exist.")


class ExplanationMissing(DomainError):
    code = "explanation_missing"
    status = 400
    sentence = _("Please explain the difference in a sentence.")


class DiscrepancyResolved(DomainError):
    code = "discrepancy_resolved"
    sentence = _("Stripe and we agree by now: there is nothing to explain.")


class DiscrepancyExplained(DomainError):
    code = "discrepancy_explained"
    sentence = _("This discrepancy has been explained already.")
