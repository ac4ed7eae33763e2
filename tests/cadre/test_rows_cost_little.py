"""Pages with many rows below a row stay within thirty queries."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lukou_market.catalog.models import HarvestLot, LotSupply
from lukou_market.households.models import AidProject, Farmer
from lukou_market.payouts.models import PayoutBatch, PayoutLine
from tests.factories import (
    NOW,
    make_household,
    make_producer,
    make_sku,
    make_user,
    make_village,
)

Cadre = Callable[[str], Client]
TOWN = "430212101000"
MANY = 40


@pytest.fixture
def lot(db: None) -> HarvestLot:
    """Many farmers brought something to it."""
    product = make_sku(make_producer(village=make_village())).product
    lot = HarvestLot.objects.create(number="L1", product=product, picked_on=date(2026, 6, 1))
    for _ in range(MANY):
        farmer = Farmer.objects.create(member=make_household().members.get(), supplies="甜瓜")
        LotSupply.objects.create(lot=lot, farmer=farmer, weight_g=1000)
    return lot


@pytest.fixture
def project(db: None) -> AidProject:
    """Many producers work with it, and it covers many households."""
    project = AidProject.objects.create(
        name="大棚", level="village", region=make_village(), tasks="大棚", funding_source="财政",
        funding_fen=100, starts_on=date(2026, 6, 1), ends_on=date(2027, 6, 1), responsible="书记",
        mechanism="分红",
    )  # fmt: skip
    project.households.set([make_household() for _ in range(MANY)])
    project.producers.set([make_producer(f"{n}社", make_village()) for n in range(MANY)])
    return project


@pytest.fixture
def batch(db: None) -> PayoutBatch:
    """It pays many households."""
    by = make_user()
    batch = PayoutBatch.objects.create(
        region=make_village(), month=date(2026, 6, 1), created_by=by, created_at=NOW
    )
    for _ in range(MANY):
        PayoutLine.objects.create(
            batch=batch, household=make_household(), wage_fen=100, bank="农商行", holder="王小明",
            number="8101", prepared_by=by,
        )  # fmt: skip
    return batch


@pytest.mark.parametrize("name", ["lot", "project", "batch"])
def test_a_row_with_many_below_it(name: str, cadre: Cadre, request: pytest.FixtureRequest) -> None:
    row: Model = request.getfixturevalue(name)
    client = cadre(TOWN)
    page = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    assert len(queries) <= 30
