"""Stripe's objects as its API shows them, for one-off payments in CNY."""

import secrets
from typing import Any

Json = dict[str, Any]

API_VERSION = "2026-10-28.endive"
CURRENCY = "cny"

_NOBODY: Json = {
    "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
    "email": None,
    "name": None,
    "phone": None,
}
# _SESSION, _INTENT and _CHARGE hold the fields that every new one starts with.
_CUSTOM_TEXTS = ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"


_SESSION: Json = {
    "adaptive_pricing": {"enabled": False},
    "after_expiration": None,
    "allow_promotion_codes": None,
    "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
    "billing_address_collection": None,
    "client_secret": None,
    "collected_information": None,
    "consent": None,
    "consent_collection": None,
    "currency_conversion": None,
    "custom_fields": [],
    "custom_text": dict.fromkeys(_CUSTOM_TEXTS),
    "customer": None,
    "customer_account": None,
    "customer_creation": "if_required",
    "customer_details": None,
    "customer_email": None,
    "discounts": [],
    "integration_identifier": None,
    "invoice": None,
    "invoice_creation": None,
    "livemode": False,
    "managed_payments": {"enabled": False},
    "mode": "payment",
    "origin_context": None,
    "payment_intent": None,
    "payment_link": None,
    "payment_method_collection": "if_required",
    "payment_method_configuration_details": None,
    "payment_status": "unpaid",
    "permissions": None,
    "phone_number_collection": {"enabled": False},
    "recovered_from": None,
    "saved_payment_method_options": None,
    "setup_intent": None,
    "shipping_address_collection": None,
    "shipping_cost": None,
    "shipping_options": [],
    "status": "open",
    "submit_type": None,
    "subscription": None,
    "ui_mode": "hosted_page",
    "wallet_options": None,
}


def checkout_session(params: Json, *, amount: int, created: int, pay_url: str) -> Json:
    """An open session; `pay_url` is the address its own id is appended to; `amount` in fen."""
    session_id = new_id("cs_test")
    return {
        **_SESSION,
        "id": session_id,
        "object": "checkout.session",
        "allowed_payment_method_types": params.get("allowed_payment_method_types"),
        "amount_subtotal": amount,
        "amount_total": amount,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": created,
        "currency": CURRENCY,
        "expires_at": params.get("expires_at", created + 24 * 3600),
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "payment_method_options": params.get("payment_method_options", {}),
        "payment_method_types": params.get("allowed_payment_method_types", ["card"]),
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "url": pay_url + session_id,
    }


def customer_details() -> Json:
    """What a completed session says of a buyer who was asked for nothing."""
    unknown: Json = {
        "business_name": None,
        "individual_name": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }
    return {**_NOBODY, **unknown}


_INTENT: Json = {
    "amount_capturable": 0,
    "amount_details": {"tip": {}},
    "amount_received": 0,
    "application": None,
    "application_fee_amount": None,
    "automatic_payment_methods": None,
    "canceled_at": None,
    "cancellation_reason": None,
    "capture_method": "automatic_async",
    "confirmation_method": "automatic",
    "customer": None,
    "customer_account": None,
    "excluded_payment_method_types": None,
    "last_payment_error": None,
    "latest_charge": None,
    "livemode": False,
    "managed_payments": {"enabled": False},
    "next_action": None,
    "on_behalf_of": None,
    "payment_method": None,
    "payment_method_configuration_details": None,
    "processing": None,
    "receipt_email": None,
    "review": None,
    "setup_future_usage": None,
    "shipping": None,
    "source": None,
    "statement_descriptor": None,
    "statement_descriptor_suffix": None,
    "transfer_data": None,
    "transfer_group": None,
}


def payment_intent(session: Json, data: Json, *, created: int) -> Json:
    """The intent behind a session at its first attempt; `data` is payment_intent_data."""
    intent_id = new_id("pi")
    return {
        **_INTENT,
        "id": intent_id,
        "object": "payment_intent",
        "amount": session["amount_total"],
        "client_secret": f"{intent_id}_secret_{secrets.token_hex(12)}",
        "created": created,
        "currency": session["currency"],
        "description": data.get("description"),
        "metadata": data.get("metadata", {}),
        "payment_method_options": session["payment_method_options"],
        "payment_method_types": session["payment_method_types"],
        "status": "requires_payment_method",
    }


_CHARGE: Json = {
    "object": "charge",
    "amount_refunded": 0,
    "application": None,
    "application_fee": None,
    "application_fee_amount": None,
    "balance_transaction": None,
    "billing_details": {**_NOBODY, "tax_id": None},
    "calculated_statement_descriptor": None,
    "captured": True,
    "customer": None,
    "disputed": False,
    "failure_balance_transaction": None,
    "failure_code": None,
    "failure_message": None,
    "fraud_details": {},
    "livemode": False,
    "on_behalf_of": None,
    "outcome": {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "approved_by_network",
        "reason": None,
        "seller_message": "Payment complete.",
        "type": "authorized",
    },
    "paid": True,
    "receipt_email": None,
    "receipt_number": None,
    "receipt_url": None,
    "refunded": False,
    "review": None,
    "shipping": None,
    "source": None,
    "source_transfer": None,
    "statement_descriptor": None,
    "statement_descriptor_suffix": None,
    "status": "succeeded",
    "transfer_data": None,
    "transfer_group": None,
}


def charge(intent: Json, *, method: str, created: int, payer: str = "") -> Json:
    """A succeeded charge of the whole intent."""
    return {
        **_CHARGE,
        "id": new_id("ch"),
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "created": created,
        "currency": intent["currency"],
        "description": intent["description"],
        "metadata": intent["metadata"],
        "payment_intent": intent["id"],
        "payment_method": new_id("pm"),
        "payment_method_details": {"type": method, method: _method_details(method, payer or None)},
    }


def _method_details(method: str, payer: str | None) -> Json:
    if method == "alipay":
        return {"buyer_id": payer, "fingerprint": payer, "transaction_id": secrets.token_hex(14)}
    if method == "wechat_pay":
        return {"fingerprint": payer, "location": None, "transaction_id": secrets.token_hex(14)}
    return {
        "amount_authorized": None,
        "brand": "visa",
        "country": "CN",
        "exp_month": 8,
        "exp_year": 2030,
        "fingerprint": payer,
        "funding": "debit",
        "last4": "4242",
        "network": "visa",
        "three_d_secure": None,
        "wallet": None,
    }


def card_error() -> Json:
    """An intent's last_payment_error after a refusal."""
    return {
        "code": "card_declined",
        "decline_code": "generic_decline",
        "message": "Your payment method was declined.",
        "type": "card_error",
    }


def refund(charge: Json, params: Json, *, amount: int, status: str, created: int) -> Json:
    """A refund of `amount` fen of the charge; status succeeded or pending."""
    method = charge["payment_method_details"]["type"]
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": created,
        "currency": charge["currency"],
        "customer": None,
        "customer_account": None,
        "destination_details": {method: {}, "type": method},
        "metadata": params.get("metadata", {}),
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": status,
        "transfer_reversal": None,
    }


# Stripe names movements by payment method in `type`, and by meaning in `reporting_category`
# (docs.stripe.com/reports/reporting-categories): Alipay and WeChat Pay are not "charge".
_TYPES_WITHOUT_CARD = {"charge": "payment", "refund": "payment_refund"}
_TYPES = {
    "dispute": "adjustment",
    "dispute_reversal": "adjustment",
    "fee": "stripe_fee",
    "payout_reversal": "payout_failure",
}


def balance_transaction(
    source: Json,
    *,
    category: str,
    by_card: bool,
    amount: int,
    fee: int,
    created: int,
    fee_for: str = "Stripe processing fees",
) -> Json:
    """A movement of the account's balance in fen: `amount` is negative when money leaves."""
    fee_detail = {
        "amount": fee,
        "application": None,
        "currency": CURRENCY,
        "description": fee_for,
        "type": "stripe_fee",
    }
    kind = _TYPES.get(category, category)
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": created,
        "balance_type": "payments",
        "created": created,
        "currency": CURRENCY,
        "description": source.get("description"),
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [fee_detail] if fee else [],
        "net": amount - fee,
        "reporting_category": category,
        "source": source.get("id"),
        "status": "available",
        "type": kind if by_card else _TYPES_WITHOUT_CARD.get(category, kind),
    }


def balance(available: int) -> Json:
    """The account's balance: `available` fen, nothing pending."""
    rows = [
        [{"amount": amount, "currency": CURRENCY, "source_types": {"card": amount}}]
        for amount in (available, 0)
    ]
    return {"object": "balance", "available": rows[0], "livemode": False, "pending": rows[1]}


def event(kind: str, thing: Json, *, owed: bool, request: Json, created: int) -> Json:
    """An event; `owed` says that it still has to reach the webhook receiver."""
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": created,
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": int(owed),
        "request": request,
        "type": kind,
    }


_EVIDENCE = (
    "access_activity_log", "billing_address", "cancellation_policy",
    "cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication",
    "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature",
    "duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id",
    "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
    "refund_refusal_explanation", "service_date", "service_documentation", "shipping_address",
    "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number",
    "uncategorized_file", "uncategorized_text",
)  # fmt: skip
_DAYS_TO_ANSWER = 9


def dispute(charge: Json, *, amount: int, reason: str, status: str, created: int) -> Json:
    """A dispute of `amount` fen of the charge; no money has moved yet."""
    method = charge["payment_method_details"]["type"]
    return {
        "id": new_id("dp"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": created,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(_EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": created + _DAYS_TO_ANSWER * 24 * 3600,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": status.startswith("warning"),
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {"type": method, method: {}},
        "reason": reason,
        "status": status,
    }


def payout(*, amount: int, created: int) -> Json:
    """An automatic payout of `amount` fen, on its way to the bank."""
    return {
        "id": new_id("po"),
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": created + 24 * 3600,
        "automatic": True,
        "balance_transaction": None,
        "created": created,
        "currency": CURRENCY,
        "description": "STRIPE PAYOUT",
        "destination": "ba_standin",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "completed",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "in_transit",
        "trace_id": None,
        "type": "bank_account",
    }
