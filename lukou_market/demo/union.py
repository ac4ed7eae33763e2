"""A trade union that orders for its members, and what it may order."""

from datetime import datetime, timedelta

from lukou_market.accounts.models import User
from lukou_market.demo.logins import UNION_PHONE
from lukou_market.kernel.encryption import digest
from lukou_market.organisations.models import Organisation
from lukou_market.regions.models import Region
from lukou_market.streams.models import LiveSession
from lukou_market.streams.sell_to_organisations import sell_to_organisations

_OPEN_FOR = timedelta(days=30)
_YEARLY_FEN = 60_000_00


def create_union(*, district: Region, session: LiveSession, now: datetime) -> None:
    """The district's trade union; all offers of the session are open to it."""
    Organisation.objects.create(
        region=district,
        name=f"{district.name}总工会",
        kind=Organisation.Kind.TRADE_UNION,
        credit_code="81430212MC0000001X",
        manager=User.objects.get(phone_digest=digest(UNION_PHONE)),
        yearly_budget_fen=_YEARLY_FEN,
        target_bp=Organisation.Target.THIRTY,
    )
    for offer in session.offers.all():
        sell_to_organisations(offer_id=offer.pk, until=now + _OPEN_FOR)
