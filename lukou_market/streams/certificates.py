"""Who may go live: hosts whose certificate is valid today."""

from datetime import datetime

from django.utils.timezone import localdate

from lukou_market.streams.errors import HostNotCertified
from lukou_market.streams.models import Host


def require_certificate(host: Host, *, now: datetime) -> None:
    """Raise HostNotCertified unless the host is certified on the local day of `now`."""
    if localdate(now) not in host.certified_during:
        raise HostNotCertified
