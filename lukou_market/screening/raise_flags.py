"""Flag sales; each flag holds its sale until it is cleared."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.models import Order
from lukou_market.regions.models import Region
from lukou_market.screening.errors import AlreadyFlagged, NotASale, ReasonMissing
from lukou_market.screening.find_suspects import Suspect
from lukou_market.screening.models import Rule, SaleFlag
from lukou_market.screening.record_traits import villages_of
from lukou_market.screening.rules_in_force import rules_in_force
from lukou_market.screening.words import in_words

_DISTRICT_DIGITS = 6


@transaction.atomic
def raise_flags(*, suspects: Iterable[Suspect], now: datetime) -> int:
    """Flag what is not flagged by the same rule yet, cleared or not; return how many are new."""
    found = {(suspect.order, suspect.rule): suspect for suspect in suspects}
    orders = {order for order, _ in found}
    known = set(SaleFlag.objects.filter(order__in=orders).values_list("order", "rule"))
    villages = villages_of(orders)
    new = [found[key] for key in sorted(found) if key not in known and key[0] in villages]
    for suspect in new:
        SaleFlag.objects.create(
            order_id=suspect.order,
            rule=suspect.rule,
            version=suspect.version,
            village_id=villages[suspect.order],
            figures=suspect.figures,
            reason=in_words(suspect.rule, suspect.figures),
            raised_at=now,
        )
    return len(new)


def raise_by_hand(*, order: Order, by: User, unit: Region, reason: str, now: datetime) -> SaleFlag:
    """A cadre of `unit` doubts a sale. Raises AlreadyFlagged, NotASale, ReasonMissing."""
    village = villages_of([order.pk])[order.pk]
    district = village[:_DISTRICT_DIGITS] + "000000"
    version = rules_in_force(district=district, now=now)[Rule.BY_HAND]
    errors = {
        "sale_flag_once": AlreadyFlagged,
        "sale_flag_on_a_sale": NotASale,
        "sale_flag_reason": ReasonMissing,
    }
    with constraint_errors(errors):
        return SaleFlag.objects.create(
            order=order, rule=Rule.BY_HAND, version=version, village_id=village, reason=reason,
            raised_at=now, raised_by=by, raised_in=unit,
        )  # fmt: skip
