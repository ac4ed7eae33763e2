"""Personal data shown in full: after a fresh code, for a reason, and on record first."""

import time
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.accounts.show_in_full import ShownInFull
from lukou_market.households.models import HouseholdMember
from lukou_market.kernel.masking import mask_name
from lukou_market.orders.models import Order
from lukou_market.payouts.models import BankAccount
from lukou_market.regions.desk import SECOND_FACTOR_AT
from tests.cadre.conftest import VILLAGES, signed_in
from tests.factories import make_user

Cadre = Callable[[str], Client]
Rows = dict[str, list[Model]]
MASKED = [HouseholdMember, BankAccount, Order]


def row_of(rows: Rows, model: type[Model], mark: str = "甲") -> Model:
    return next(row for row in rows[mark] if isinstance(row, model))


def page_of(row: Model) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_show_in_full"
    return reverse(name, args=[row.pk])


def secrets_of(row: Model) -> list[str]:
    model_admin = admin.site.get_model_admin(type(row))
    assert isinstance(model_admin, ShownInFull)
    return [str(getattr(row, field)) for field in model_admin.in_full if getattr(row, field)]


@pytest.mark.parametrize("model", MASKED)
def test_a_look_is_recorded_with_its_reason_and_shows_everything(
    rows: Rows, cadre: Cadre, model: type[Model]
) -> None:
    row, client = row_of(rows, model), cadre(VILLAGES["甲"])
    asked = client.get(page_of(row)).content.decode()
    assert not [secret for secret in secrets_of(row) if secret in asked]
    seen = client.post(page_of(row), {"reason": "核对社保卡"})
    text = seen.content.decode()
    assert secrets_of(row) and all(secret in text for secret in secrets_of(row))
    assert "no-store" in seen.headers["Cache-Control"]
    record = AccessRecord.objects.get(action=Action.LOOKED)
    assert (record.region_code, record.reason) == (VILLAGES["甲"], "核对社保卡")
    assert not [secret for secret in secrets_of(row) if secret in record.subject]


@pytest.mark.parametrize("model", MASKED)
@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_shown_or_recorded(
    rows: Rows, cadre: Cadre, model: type[Model], reason: str
) -> None:
    row = row_of(rows, model)
    text = cadre(VILLAGES["甲"]).post(page_of(row), {"reason": reason}).content.decode()
    assert not [secret for secret in secrets_of(row) if secret in text]
    assert not AccessRecord.objects.filter(action=Action.LOOKED).exists()


@pytest.mark.parametrize("model", MASKED)
def test_an_old_code_is_asked_for_again_first(rows: Rows, cadre: Cadre, model: type[Model]) -> None:
    row, client = row_of(rows, model), cadre(VILLAGES["甲"])
    session = client.session
    session[SECOND_FACTOR_AT] = time.time() - 11 * 60
    session.save()
    answer = client.post(page_of(row), {"reason": "核对"})
    assert answer.headers["Location"].startswith(reverse("cadre:confirm-second-factor"))
    assert not AccessRecord.objects.filter(action=Action.LOOKED).exists()


@pytest.mark.parametrize("model", MASKED)
def test_neither_another_village_nor_an_auditor_looks(
    rows: Rows, cadre: Cadre, auditor: Client, model: type[Model]
) -> None:
    row = row_of(rows, model)
    for client in (cadre(VILLAGES["乙"]), auditor, signed_in(make_user("买家"))):
        answer = client.post(page_of(row), {"reason": "好奇"})
        text = answer.content.decode()
        assert not [secret for secret in secrets_of(row) if secret in text]
    assert not AccessRecord.objects.filter(action=Action.LOOKED).exists()


def test_what_is_masked_differs_from_what_is_shown(rows: Rows) -> None:
    member = row_of(rows, HouseholdMember)
    assert isinstance(member, HouseholdMember)
    assert mask_name(member.name) not in secrets_of(member)
