"""Why a payment or a refund is refused, in codes for programs and sentences for people."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class OrderNotPayable(DomainError):
    code = "order_not_payable"
    sentence = _("This order can't be paid any more.")


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
