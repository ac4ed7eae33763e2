"""What an organisation may order, and what it has ordered."""

from datetime import datetime

from django.db.models import F, QuerySet

from lukou_market.organisations.models import GroupOrder, MemberParcel, Organisation
from lukou_market.streams.models import LiveSession, Offer


def organisation_of(user_id: int) -> Organisation | None:
    """The organisation this user orders for, if there is one."""
    return Organisation.objects.filter(manager=user_id).first()


def offers_for_organisations(now: datetime) -> QuerySet[Offer]:
    """What can be ordered now, from all villages, whether its stream is on, over or to come."""
    return (
        open_to_organisations(now)
        .filter(taken__lt=F("quota"))
        .select_related("sku__product__producer__village")
        .order_by("pk")
    )


def open_to_organisations(now: datetime) -> QuerySet[Offer]:
    """Offers that hosts sell to organisations, those that are sold out too."""
    offers = Offer.objects.filter(paused=False, organisations_until__gt=now)
    return offers.exclude(session__status=LiveSession.Status.CANCELLED)


def member_of_box(order_id: int, box: int) -> MemberParcel | None:
    """Whose box of the order this is; None when the order has no list of members."""
    up_to_it = MemberParcel.objects.filter(group_order__order=order_id, first_box__lte=box)
    return up_to_it.order_by("-first_box").first()


def group_orders_of(organisation: Organisation) -> QuerySet[GroupOrder]:
    """Its orders, newest first."""
    return organisation.group_orders.select_related("order").prefetch_related(
        "order__lines__sku__product"
    )
