"""Take a buyer's person out of what payments keep; amounts and Stripe's ids stay."""

from django.db import connection

from lukou_market.payments.models import Payment, Refund

# Who paid, as Stripe tells it in sessions and charges. Nothing of ours reads it.
_SHRED = """
    UPDATE payments_webhookevent
    SET payload = payload #- '{data,object,customer_details}' #- '{data,object,billing_details}'
    WHERE payload -> 'data' -> 'object' ->> 'client_reference_id' = ANY (%(references)s)
       OR payload -> 'data' -> 'object' ->> 'payment_intent' = ANY (%(intents)s)
"""


def shred_payments(*, buyer_id: int) -> None:
    """Empty the notes of the buyer's refunds, and forget who paid in the events kept of Stripe.

    Reads the whole inbox: for the rare buyer who leaves.
    """
    Refund.objects.filter(payment__order__buyer_id=buyer_id).exclude(note="").update(note="")
    theirs = list(
        Payment.objects.filter(order__buyer_id=buyer_id).values_list("pk", "payment_intent_id")
    )
    values = {
        "references": [str(pk) for pk, _intent in theirs],
        "intents": [intent for _pk, intent in theirs if intent],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHRED, values)
