"""Announce a session like an earlier one, with what that one sold."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from lukou_market.catalog.models import Sku
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.offerable_skus import offerable_skus
from lukou_market.streams.schedule_session import schedule_session


@dataclass(frozen=True, slots=True)
class CopiedSession:
    """The new session, and the packages that its host may not offer any more."""

    session: LiveSession
    left_out: list[Sku]


def copy_session(
    *, template: LiveSession, title: str, scheduled_at: datetime, now: datetime
) -> CopiedSession:
    """A new session of the template's host with the same packages, prices, quotas and limits.

    Flash offers are not copied: their hour is over. Packages that the host may not offer on the
    new day are left out. Raises HostNotCertified.
    """
    with transaction.atomic():
        session = schedule_session(
            host=template.host, title=title, scheduled_at=scheduled_at, now=now
        )
        lasting = template.offers.filter(closes_at=None).select_related("sku__product__producer")
        allowed = set(offerable_skus(template.host, on=localdate(scheduled_at)))
        Offer.objects.bulk_create(
            _again(offer, session) for offer in lasting if offer.sku in allowed
        )
    return CopiedSession(session, [offer.sku for offer in lasting if offer.sku not in allowed])


def _again(offer: Offer, session: LiveSession) -> Offer:
    return Offer(
        session=session,
        sku=offer.sku,
        price_fen=offer.price_fen,
        quota=offer.quota,
        limit_per_buyer=offer.limit_per_buyer,
        position=offer.position,
    )
