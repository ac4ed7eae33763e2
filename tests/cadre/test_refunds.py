"""Cadres of the producer's region decide on refunds from the list."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lukou_market.payments.models import Payment, Refund

Rows = dict[str, list[Model]]
LIST = reverse("admin:payments_refund_changelist")


def decide(client: Client, action: str, rows: Rows, mark: str) -> Refund:
    refund = next(row for row in rows[mark] if isinstance(row, Refund))
    client.post(LIST, {"action": action, "_selected_action": refund.pk})
    refund.refresh_from_db()
    return refund


@pytest.mark.parametrize(("action", "status"), [("approve", "approved"), ("reject", "rejected")])
def test_a_cadre_decides_on_refunds_of_their_region(
    rows: Rows, cadre: Callable[[str], Client], action: str, status: str
) -> None:
    assert decide(cadre("430212101000"), action, rows, "甲").status == status


def test_a_rejected_refund_frees_its_amount(rows: Rows, cadre: Callable[[str], Client]) -> None:
    refund = decide(cadre("430212101000"), "reject", rows, "甲")
    assert Payment.objects.get(pk=refund.payment_id).refunding_fen == 0


def test_a_cadre_decides_nothing_elsewhere(rows: Rows, cadre: Callable[[str], Client]) -> None:
    assert decide(cadre("430212101000"), "approve", rows, "丙").status == "requested"


def test_an_auditor_decides_nothing(rows: Rows, auditor: Client) -> None:
    assert decide(auditor, "approve", rows, "甲").status == "requested"


def test_a_refund_decided_before_is_reported_not_changed(
    rows: Rows, cadre: Callable[[str], Client]
) -> None:
    client = cadre("430212101000")
    decide(client, "reject", rows, "甲")
    assert decide(client, "approve", rows, "甲").status == "rejected"
    said = [str(message) for message in client.get(LIST).context["messages"]]
    assert len(said) == 2
