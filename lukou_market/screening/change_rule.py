"""A district writes a new version of a rule; those before it stay as they are."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.regions.models import Region
from lukou_market.screening.errors import ParametersWrong, ReasonMissing
from lukou_market.screening.models import Rule, ScreeningRule
from lukou_market.screening.rules_in_force import FIRST

_MOST = 1_000_000_000


@transaction.atomic
def change_rule(
    *,
    rule: Rule,
    district: Region,
    parameters: Mapping[str, str],
    on: bool,
    reason: str,
    by: User,
    now: datetime,
) -> ScreeningRule:
    """The district's new version, in force from now on; `on` False switches the rule off.

    Raises ParametersWrong and ReasonMissing.
    """
    figures = {name: _figure(parameters.get(name, "")) for name in FIRST[rule]} if on else {}
    Region.objects.select_for_update().get(pk=district.pk)
    own = ScreeningRule.objects.filter(rule=rule, district=district)
    last: int | None = own.aggregate(last=Max("version"))["last"]
    with constraint_errors({"screening_rule_reason": ReasonMissing}):
        return ScreeningRule.objects.create(
            rule=rule, district=district, version=(last or 0) + 1, parameters=figures,
            valid_from=now, reason=reason.strip(), made_by=by,
        )  # fmt: skip


def _figure(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(_MOST))):
        raise ParametersWrong
    return int(written)
