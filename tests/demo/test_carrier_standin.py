"""The carrier of the demonstration remembers its parcels."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lukou_market.demo.carrier_standin.journal import Journal
from lukou_market.demo.carrier_standin.server import CarrierStandIn

NOW = datetime.now(UTC)


def test_a_reference_keeps_its_number_after_a_restart(tmp_path: Path) -> None:
    before = Journal(tmp_path / "carrier" / "journal")
    first, second = before.number_of("P1-1"), before.number_of("P1-2")
    after = Journal(tmp_path / "carrier" / "journal")
    assert (after.number_of("P1-1"), after.number_of("P1-2")) == (first, second)
    assert len({first, second, after.number_of("P1-3")}) == 3


def test_a_parcel_keeps_its_pace_after_a_restart(tmp_path: Path) -> None:
    before = Journal(tmp_path / "journal").life_of("EA1", NOW, 2)
    after = Journal(tmp_path / "journal").life_of("EA1", NOW + timedelta(hours=1), 60)
    assert before == after == (NOW, 2)


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        (0.5, ["accepted"]),
        (1.5, ["accepted", "in_transit"]),
        (99, ["accepted", "in_transit", "out_for_delivery", "delivered"]),
    ],
)
def test_a_parcel_travels_until_it_is_delivered(steps: float, codes: list[str]) -> None:
    with CarrierStandIn(step=timedelta(hours=1)) as carrier:
        since = datetime.now(UTC) - timedelta(hours=steps)
        carrier.journal.life_of("EA1", since, 3600)
        assert [event["code"] for event in carrier.events("EA1")] == codes
