"""Who sees flagged sales, who decides, and what is refused."""

import pytest
from django.test import Client

from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.accounts.models import User
from lukou_market.orders.models import OrderEvent
from lukou_market.screening.models import FlagDecision, SaleFlag, ScreeningRule
from tests.factories import (
    make_offer,
    make_producer,
    make_region,
    make_sku,
    make_staff,
    make_user,
    make_village,
    place_paid,
)
from tests.screening.flags import DISTRICT, TOWN, flag
from tests.support_second_factor import code_for, enrol

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def flagged(db: None) -> SaleFlag:
    """A flag on a sale of a village of the town."""
    offer = make_offer(sku=make_sku(make_producer(village=make_village())), quota=100)
    return flag(place_paid(make_user(), offer, 1))


def cadre(name: str, code: str) -> tuple[User, Client]:
    user, client = make_staff(name, role="cadre", region=make_region(code)), Client()
    enrol(user)
    client.force_login(user)
    return user, client


def decide(client: Client, user: User, flagged: SaleFlag, **fields: str) -> str:
    """What the page says after the decision was tried."""
    form = {"outcome": "cleared", "reason": "已核实", "code": code_for(user), **fields}
    page = f"/admin/screening/{flagged.pk}/decide/"
    return client.post(page, form, follow=True).content.decode()


def test_the_flag_is_listed_with_its_reason_and_shown_masked(flagged: SaleFlag) -> None:
    _, client = cadre("village", "430212101001")
    listed = client.get("/admin/screening/").content.decode()
    assert flagged.order.number in listed and flagged.reason in listed
    page = client.get(f"/admin/screening/{flagged.pk}/").content.decode()
    assert flagged.order.address not in page and flagged.order.recipient_phone not in page
    assert AccessRecord.objects.filter(action=Action.LOOKED).count() == 1


def test_another_town_sees_nothing_of_it(flagged: SaleFlag) -> None:
    user, client = cadre("elsewhere", "430212102000")
    assert flagged.order.number not in client.get("/admin/screening/").content.decode()
    assert client.get(f"/admin/screening/{flagged.pk}/").status_code == 404
    form = {"outcome": "cleared", "reason": "已核实", "code": code_for(user)}
    assert client.post(f"/admin/screening/{flagged.pk}/decide/", form).status_code == 404
    assert not FlagDecision.objects.exists()


def test_the_town_clears_it_and_the_sale_is_released(flagged: SaleFlag) -> None:
    user, client = cadre("town", TOWN)
    decide(client, user, flagged)
    flagged.refresh_from_db()
    assert (flagged.status, flagged.decision.unit_id) == ("cleared", TOWN)
    kinds = flagged.order.events.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["paid", "held", "released"]
    assert AccessRecord.objects.filter(action=Action.CLEARED).count() == 1


@pytest.mark.parametrize(
    ("code", "fields", "said"),
    [
        ("430212101001", {}, "其他单位的干部"),
        (TOWN, {"reason": "  "}, "请写明理由"),
        (TOWN, {"code": "000000x"}, ""),
    ],
)
def test_the_own_village_no_reason_or_a_wrong_code_change_nothing(
    flagged: SaleFlag, code: str, fields: dict[str, str], said: str
) -> None:
    user, client = cadre("somebody", code)
    assert said in decide(client, user, flagged, **fields)
    flagged.refresh_from_db()
    assert flagged.status == "open" and not FlagDecision.objects.exists()
    assert not OrderEvent.objects.filter(kind="released").exists()


def test_who_doubts_a_sale_does_not_decide_and_upheld_is_for_good(flagged: SaleFlag) -> None:
    order = flagged.order
    town, client = cadre("town", TOWN)
    client.post("/admin/screening/raise/", {"number": order.number, "reason": "买家是托"})
    by_hand = SaleFlag.objects.get(rule="by_hand")
    assert (by_hand.raised_by, by_hand.raised_in_id) == (town, TOWN)
    assert "其他单位的干部" in decide(client, town, by_hand)
    district, client = cadre("district", DISTRICT)
    decide(client, district, by_hand, outcome="upheld")
    decide(client, district, flagged)
    assert order.sale_flags.filter(status="upheld").count() == 1
    assert not order.events.filter(kind="released").exists()


@pytest.mark.parametrize("unit", [TOWN, "430212102000"])
def test_a_number_that_is_not_of_the_region_is_refused_with_a_sentence(
    flagged: SaleFlag, unit: str
) -> None:
    _, client = cadre("doubter", unit)
    number = "2606" if unit == TOWN else flagged.order.number
    form = {"number": number, "reason": "买家是托"}
    page = client.post("/admin/screening/raise/", form, follow=True).content.decode()
    assert "本辖区没有这个订单号" in page
    assert SaleFlag.objects.get() == flagged


def test_a_district_writes_a_new_version_and_the_town_does_not(flagged: SaleFlag) -> None:
    form = {"rule": "shared_address", "district": DISTRICT, "on": "1"}
    form |= {"others": "9", "buyers": "30", "days": "30"}
    user, client = cadre("town", TOWN)
    form |= {"reason": "食堂多", "code": code_for(user)}
    assert client.post("/admin/screening/rules/change/", form).status_code == 403
    user, client = cadre("district", DISTRICT)
    client.post("/admin/screening/rules/change/", form | {"code": code_for(user), "buyers": "-1"})
    assert not ScreeningRule.objects.filter(district=DISTRICT).exists()
    client.post("/admin/screening/rules/change/", form | {"code": code_for(user)})
    version = ScreeningRule.objects.get(district=DISTRICT)
    assert version.parameters == {"others": 9, "buyers": 30, "days": 30}
    assert "食堂多" in client.get("/admin/screening/rules/").content.decode()
