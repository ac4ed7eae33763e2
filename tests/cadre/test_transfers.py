"""Cadres of the district record what our bank's statement says; others don't."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lukou_market.orders.models import Order
from lukou_market.payments.models import BankTransfer, Payment, Refund
from lukou_market.payments.request_refund import request_refund
from tests.cadre.conftest import signed_in
from tests.factories import make_offer, make_staff
from tests.organisations.lists import make_organisation
from tests.organisations.transfers import ACCOUNT, come, noticed, order_list
from tests.storefront.pages import sentences

pytestmark = pytest.mark.django_db
DISTRICT, TOWN = "430212000000", "430212101000"
LIST = reverse("admin:payments_banktransfer_changelist")
ADD = reverse("admin:payments_banktransfer_add")
NOTICES = reverse("admin:payments_paymentnotice_changelist")
Cadre = Callable[[str], Client]


@pytest.fixture
def order(settings: Any) -> Order:
    """Of a trade union that wants to pay by transfer."""
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)
    now = timezone.now()
    offer = make_offer(quota=100, organisations_until=now + timedelta(days=1))
    order = order_list(make_organisation(), offer, now=now)
    noticed(order, now=now)
    order.refresh_from_db()
    return order


def typed(order: Order, **changes: Any) -> dict[str, Any]:
    yuan = f"{order.due_fen // 100}.{order.due_fen % 100:02d}"
    form = {"number": order.number, "amount": yuan, "reference": "LS20260628001"}
    return form | {"on": f"{timezone.localdate()}"} | changes


def waiting_return(order: Order) -> Refund:
    """The organisation gives the paid order up."""
    now = timezone.now()
    come(order, now=now)
    return request_refund(
        buyer_id=order.buyer_id, number=order.number, amount_fen=None, note="", now=now
    )


def page_of(refund: Refund) -> str:
    return reverse("admin:payments_refund_change", args=[refund.pk])


def test_from_the_notice_to_the_paid_order(cadre: Cadre, order: Order) -> None:
    client = cadre(DISTRICT)
    page = client.get(NOTICES).content.decode()
    assert "株洲市总工会" in page and f"{ADD}?number={order.number}" in page
    assert order.number in client.get(f"{ADD}?number={order.number}").content.decode()
    answer = client.post(ADD, typed(order), follow=True)
    assert sentences(answer) == [f"订单 {order.number} 已付清。"]
    order.refresh_from_db()
    line = BankTransfer.objects.get()
    assert (order.status, line.recorded_by.username) == ("paid", f"cadre{DISTRICT}")
    assert "LS20260628001" in client.get(LIST).content.decode()
    assert (
        client.get(reverse("admin:payments_banktransfer_change", args=[line.pk])).status_code == 200
    )
    assert f"{ADD}?number=" not in client.get(NOTICES).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"amount": "1.00"},
        {"amount": "0"},
        {"amount": "x"},
        {"number": "nonsense"},
        {"reference": ""},
        {"reference": "?"},
        {"on": "2999-01-01"},
        {"on": "x"},
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(
    cadre: Cadre, order: Order, change: dict[str, str]
) -> None:
    answer = cadre(DISTRICT).post(ADD, typed(order, **change), follow=True)
    assert answer.status_code == 200
    assert sentences(answer) or answer.context["adminform"].form.errors
    assert f'value="{order.number}"' in answer.content.decode() or "number" in change
    order.refresh_from_db()
    assert order.status == "placed"
    assert not BankTransfer.objects.exists() and not Payment.objects.exists()


def test_another_amount_that_the_bank_really_has_goes_back(cadre: Cadre, order: Order) -> None:
    client = cadre(DISTRICT)
    client.post(ADD, typed(order, amount="1.00", give_back="on"))
    refund = Refund.objects.get()
    assert (refund.amount_fen, refund.reason, refund.status) == (100, "wrong_amount", "approved")
    waiting = client.get(
        reverse("admin:payments_refund_changelist"),
        {"way": "transfer", "status__exact": "approved"},
    )
    assert [row.pk for row in waiting.context["cl"].result_list] == [refund.pk]


def test_what_was_sent_back_is_recorded_on_the_refund(cadre: Cadre, order: Order) -> None:
    refund = waiting_return(order)
    client, gone = cadre(DISTRICT), f"{page_of(refund).removesuffix('change/')}gone/"
    assert "登记转账退回" in client.get(page_of(refund)).content.decode()
    assert client.get(gone).status_code == 200
    form = {"reference": "TH20260628001", "on": f"{timezone.localdate()}"}
    assert client.post(gone, form | {"on": "2999-01-01"}).status_code == 200
    refund.refresh_from_db()
    assert refund.status == "approved"
    client.post(gone, form)
    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.status, order.status) == ("succeeded", "refunded")
    assert BankTransfer.objects.get(refund=refund).amount_fen == -order.due_fen
    assert "登记转账退回" not in client.get(page_of(refund)).content.decode()


def test_a_town_records_nothing_and_an_auditor_looks(
    cadre: Cadre, auditor: Client, order: Order
) -> None:
    refund = waiting_return(order)
    gone = f"{page_of(refund).removesuffix('change/')}gone/"
    form = {"reference": "TH20260628001", "on": f"{timezone.localdate()}"}
    for client, looks in ((cadre(TOWN), 403), (auditor, 200)):
        assert client.get(LIST).status_code == client.get(NOTICES).status_code == looks
        assert client.get(ADD).status_code == client.post(ADD, typed(order)).status_code == 403
        assert client.post(gone, form).status_code in (302, 403)
    refund.refresh_from_db()
    assert refund.status == "approved" and BankTransfer.objects.count() == 1


def test_nobody_changes_or_removes_a_line(superuser: Client, order: Order) -> None:
    come(order, now=timezone.now())
    line = BankTransfer.objects.get()
    page = reverse("admin:payments_banktransfer_change", args=[line.pk])
    assert superuser.post(page, typed(order, reference="OTHER")).status_code == 403
    assert superuser.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403
    line.refresh_from_db()
    assert line.reference != "OTHER"


def test_the_target_sheet_says_how_far_each_organisation_is(cadre: Cadre, order: Order) -> None:
    come(order, now=timezone.now())
    client = cadre(DISTRICT)
    page = client.get(reverse("admin:organisations_organisation_changelist"))
    [row] = page.context["cl"].result_list
    assert row.bought_fen == order.total_fen and "0.53 %" in page.content.decode()
    own = client.get(reverse("admin:organisations_organisation_change", args=[row.pk]))
    assert "0.53 %" in own.content.decode() and "Yearly budget" not in own.content.decode()
    assert signed_in(make_staff("nobody")).get(LIST).status_code in (302, 403)
