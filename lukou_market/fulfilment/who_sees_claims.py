"""Who may look at a claim and its photos."""

from lukou_market.accounts.models import User
from lukou_market.fulfilment.claim_models import Claim
from lukou_market.regions.desk import Desk


def may_see_claim(user: User, desk: Desk, claim: Claim) -> bool:
    """The buyer, the host of the stream, and whose desk has the village the goods are from."""
    order = claim.refund.payment.order
    if order.session and user.pk in (order.buyer_id, order.session.host.user_id):
        return True
    villages = order.lines.values_list("producer__village_id", flat=True)
    return any(desk.jurisdiction.covers(village) for village in villages)
