"""Tell buyers by text message what happened to their orders: once, if they want it."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from lukou_market.accounts.sms_gateway import send_sms
from lukou_market.kernel.money import yuan
from lukou_market.orders.models import BuyerNotice, NoTexts, Order, Status

logger = logging.getLogger(__name__)

_NEWS_FOR = timedelta(days=1)  # what is older is no news: the page has it
_AT_ONCE = 20


def note_late_orders(*, now: datetime, limit: int = 200) -> int:
    """A notice for each order that is still here after its `ship_by`; returns how many are new."""
    waiting = Order.objects.filter(
        status__in=[Status.PAID, Status.PACKED],
        ship_by__range=(now - _NEWS_FOR, now),
    )
    late = waiting.exclude(notices__kind=BuyerNotice.Kind.LATE).values_list("pk", flat=True)
    notices = [
        BuyerNotice(order_id=pk, kind=BuyerNotice.Kind.LATE, made_at=now, text_due_at=now)
        for pk in late[:limit]
    ]
    BuyerNotice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def note_parcel_left(*, order: Order, first_box: int, last_box: int, now: datetime) -> None:
    """A notice that these boxes of the locked order have left before the rest of it."""
    BuyerNotice.objects.create(
        order=order,
        kind=BuyerNotice.Kind.PARCEL,
        first_box=first_box,
        last_box=last_box,
        made_at=now,
        text_due_at=now,
    )


def send_due_texts(*, now: datetime) -> int:
    """Send what is due, a few at a time; returns how many notices were looked at."""
    notices = _claim(now)
    for notice in notices:
        if notice.texted_at:
            _send(notice)
    return len(notices)


@transaction.atomic
def _claim(now: datetime) -> list[BuyerNotice]:
    """Due notices, marked as sent before they are: so no worker ever sends one again."""
    due = BuyerNotice.objects.filter(text_due_at__lte=now).select_related("order__buyer")
    notices = list(
        due.select_for_update(skip_locked=True, of=("self",)).order_by("text_due_at")[:_AT_ONCE]
    )
    buyers = {notice.order.buyer_id for notice in notices}
    unwanted = set(NoTexts.objects.filter(buyer__in=buyers).values_list("buyer", flat=True))
    for notice in notices:
        wanted = notice.order.buyer_id not in unwanted and bool(notice.order.buyer.phone)
        is_news = notice.made_at > now - _NEWS_FOR
        notice.text_due_at, notice.texted_at = None, now if wanted and is_news else None
    BuyerNotice.objects.bulk_update(notices, ["text_due_at", "texted_at"])
    return notices


def _send(notice: BuyerNotice) -> None:
    with override(settings.LANGUAGE_CODE):
        text = words_of(notice)
    try:
        send_sms(notice.order.buyer.phone, text)
    except Exception:  # a provider's trouble; the next buyer's text must leave all the same
        logger.exception("the text of notice %s was not sent", notice.pk)


def words_of(notice: BuyerNotice) -> str:
    """The notice in a sentence; no name, no address."""
    facts = {"number": notice.order.number, "yuan": yuan(notice.amount_fen)}
    match notice.kind:
        case BuyerNotice.Kind.SHIPPED:
            return _("Your order %(number)s is on its way.") % facts
        case BuyerNotice.Kind.PARCEL:
            return _words_of_parcel(notice)
        case BuyerNotice.Kind.REFUND:
            return _("¥%(yuan)s of your order %(number)s have gone back to you.") % facts
        case _late:
            words = _(
                "Your order %(number)s leaves later than promised. You may ask for money back."
            )
            return words % facts


def _words_of_parcel(notice: BuyerNotice) -> str:
    facts = {
        "number": notice.order.number,
        "first": notice.first_box,
        "last": notice.last_box,
    }
    if notice.first_box == notice.last_box:
        return _("Box %(first)s of your order %(number)s is on its way; more follow.") % facts
    words = _("Boxes %(first)s–%(last)s of your order %(number)s are on their way; more follow.")
    return words % facts
