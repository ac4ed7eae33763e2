"""Where else a host's picture goes: added, paused and removed by the host."""

from django.db import transaction

from lukou_market.streams.errors import (
    SimulcastNameTaken,
    SimulcastNameWrong,
    TooManySimulcasts,
)
from lukou_market.streams.locks import lock_host
from lukou_market.streams.models import Host, SimulcastTarget
from lukou_market.streams.simulcast_address import parse_address

_MOST = 4  # each is the host's whole picture once more on our uplink


@transaction.atomic
def add_target(*, host: Host, name: str, address: str) -> SimulcastTarget:
    """Send the host's picture to `address` too, from the next look of the process that sends.

    Raises SimulcastNameWrong, SimulcastAddressWrong, SimulcastNameTaken and TooManySimulcasts.
    """
    name, address = name.strip(), address.strip()
    if not 0 < len(name) <= 30 or not name.isprintable():
        raise SimulcastNameWrong
    parse_address(address)
    lock_host(host.pk)
    targets = SimulcastTarget.objects.filter(host=host)
    if targets.filter(name=name).exists():
        raise SimulcastNameTaken
    if targets.count() >= _MOST:
        raise TooManySimulcasts
    return SimulcastTarget.objects.create(host=host, name=name, address=address)


def pause_target(*, host: Host, target_id: int, active: bool) -> None:
    """Send there no more, or again; a target that is not the host's is not changed."""
    SimulcastTarget.objects.filter(host=host, pk=target_id).update(active=active)


def remove_target(*, host: Host, target_id: int) -> None:
    """Forget the address; a target that is not the host's stays."""
    SimulcastTarget.objects.filter(host=host, pk=target_id).delete()
