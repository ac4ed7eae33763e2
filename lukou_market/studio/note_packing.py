"""Addresses stand on the packing table: it is kept who had it open."""

from datetime import datetime, timedelta

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.record_sign_ins import region_of
from lukou_market.studio.access import PackerRequest

_NOTED_AT = "packing_noted_at"
_EVERY = timedelta(hours=1)


def note_packing(request: PackerRequest, *, now: datetime) -> None:
    """One record for an hour of packing: the page is loaded again with each parcel."""
    if now.timestamp() - request.session.get(_NOTED_AT, 0) < _EVERY.total_seconds():
        return
    request.session[_NOTED_AT] = now.timestamp()
    record_access(
        actor=request.user,
        action=Action.LOOKED,
        subject="addresses at the packing table",
        region_code=region_of(request.user),
        reason="packing",
    )
