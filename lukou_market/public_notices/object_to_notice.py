"""Anybody objects, without signing in: to a notice, or to a line of their own statement."""

from datetime import datetime

from django.utils import timezone

from lukou_market.accounts.phones import normal_phone
from lukou_market.kernel.errors import constraint_errors
from lukou_market.public_notices.clock import answer_by
from lukou_market.public_notices.errors import NoticeClosed, TextMissing
from lukou_market.public_notices.models import Objection, PublicNotice, StatementCard
from lukou_market.public_notices.receipt_numbers import as_written, new_number
from lukou_market.public_notices.terms import terms_in_force

_REFUSALS = {"objection_in_time": NoticeClosed}
_GROUPS = 3


def object_to_notice(
    *,
    notice: PublicNotice,
    text: str,
    phone: str = "",
    household_number: str = "",
    now: datetime,
) -> Objection:
    """The objection with its receipt number. Raises NoticeClosed, TextMissing and PhoneWrong."""
    if PublicNotice.objects.filter(replaces=notice).exists():
        raise NoticeClosed
    return _received(
        Objection(
            notice=notice,
            village=notice.village,
            month=notice.month,
            household_number=household_number.strip()[:40],
        ),
        text=text,
        phone=phone,
        now=now,
    )


def dispute_line(
    *, card: StatementCard, order_number: str, text: str, phone: str = "", now: datetime
) -> Objection:
    """An objection of the card's household, to one sale or to the whole.

    It belongs to the notice of the month while that takes objections. Raises TextMissing and
    PhoneWrong.
    """
    village, month = card.household.village, card.last_month
    notices = PublicNotice.objects.filter(village=village, month=month, replaced_by=None)
    notice = notices.filter(ended_at=None, open_until__gte=timezone.localdate(now)).first()
    return _received(
        Objection(
            notice=notice,
            village=village,
            month=month,
            household=card.household,
            household_number=card.household.number,
            order_number=order_number.strip()[:24],
        ),
        text=text,
        phone=phone,
        now=now,
    )


def objection_of(number: str) -> Objection | None:
    """The objection with this receipt number, however it was typed."""
    found = Objection.objects.select_related("notice", "village")
    return found.filter(number=as_written(number)).first()


def _received(objection: Objection, *, text: str, phone: str, now: datetime) -> Objection:
    if not text.strip():
        raise TextMissing
    objection.text = text.strip()[:1000]
    objection.phone = normal_phone(phone) if phone.strip() else ""
    objection.number = new_number(_GROUPS)
    objection.received_at = now
    objection.answer_by = answer_by(now, terms_in_force(now=now).answer_days)
    with constraint_errors(_REFUSALS):
        objection.save(force_insert=True)
    return objection
