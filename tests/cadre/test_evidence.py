"""Evidence on a dispute leaves the shop with a reason, and only with one."""

import json
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from lukou_market.fulfilment.models import EvidencePack
from lukou_market.payments.models import Dispute

Rows = dict[str, list[Model]]


@pytest.fixture
def dispute(rows: Rows) -> Dispute:
    return next(row for row in rows["甲"] if isinstance(row, Dispute))


def take(client: Client, dispute: Dispute, reason: str = "银行要材料") -> HttpResponse:
    path = f"/admin/disputes/{dispute.pk}/evidence/"
    answer: HttpResponse = client.post(path, {"reason": reason})  # type: ignore[assignment]
    return answer


def test_a_cadre_takes_the_pack_and_it_is_kept_who_and_why(
    cadre: Callable[[str], Client], dispute: Dispute
) -> None:
    answer = take(cadre("430212000000"), dispute)
    pack = answer.content
    facts = json.loads(ZipFile(BytesIO(pack)).read("evidence.json"))
    order = dispute.payment.order
    assert (facts["order"]["number"], facts["order"]["address"]) == (order.number, order.address)
    assert [parcel["packed_g"] for parcel in facts["parcels"]] == [2500]
    kept = EvidencePack.objects.get()
    assert (kept.reason, kept.sha256) == ("银行要材料", sha256(pack).hexdigest())


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_taken(
    cadre: Callable[[str], Client], dispute: Dispute, reason: str
) -> None:
    answer = take(cadre("430212000000"), dispute, reason)
    assert b"PK" not in answer.content[:4]
    assert not EvidencePack.objects.exists()


def test_nobody_else_takes_it(
    rows: Rows, auditor: Client, client: Client, dispute: Dispute
) -> None:
    assert take(auditor, dispute).status_code == 403
    assert take(client, dispute).status_code == 302
    assert not EvidencePack.objects.exists()
