"""Record what somebody does with what is not everybody's: before it is done."""

from typing import Any

from lukou_market.access_log.errors import LookNeedsReason
from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.kernel.errors import constraint_errors
from lukou_market.regions.jurisdiction import CODE_LENGTH

_REFUSALS = {"access_record_look_has_reason": LookNeedsReason}


def record_access(
    *,
    actor: Any | None,
    action: Action,
    subject: str,
    region_code: str = "",
    reason: str = "",
) -> None:
    """Write one record; `subject` names the thing without personal data.

    `region_code` may be a prefix (430212): who has that region's desk sees the record. Without
    one only superusers and auditors do. Raises LookNeedsReason for LOOKED without a reason.
    """
    with constraint_errors(_REFUSALS):
        AccessRecord.objects.create(
            actor_id=getattr(actor, "pk", None),
            action=action,
            subject=subject[:200],
            region_code=region_code.ljust(CODE_LENGTH, "0") if region_code else "",
            reason=reason.strip()[:200],
        )
