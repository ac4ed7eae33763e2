"""What waits for a person: of their region and their kind of work, never their own signature."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lukou_market.accounts.models import Role, User
from lukou_market.aid.models import LotWait
from lukou_market.orders.models import OrderLine
from lukou_market.payments.models import Discrepancy
from lukou_market.payouts.models import PayoutLine
from lukou_market.regions.models import Region
from lukou_market.reports.models import AidTarget
from lukou_market.reports.set_target import approve_target, propose_target
from tests.factories import NOW, make_staff
from tests.screening.flags import flag

Cadre = Callable[[str], Client]
START = reverse("admin:index")
DISTRICT, TOWN, VILLAGE, ELSEWHERE = (
    "430212000000", "430212101000", "430212101001", "430211101001",
)  # fmt: skip
PAYOUTS = reverse("admin:payouts_payoutline_changelist", query={"status__exact": "prepared"})
REFUNDS = reverse("admin:payments_refund_changelist", query={"status__exact": "requested"})
LOTS = reverse("admin:aid_lotwait_changelist")
STRIPE = reverse("admin:payments_discrepancy_changelist")
TARGETS = reverse("admin:reports_aidtarget_changelist", query={"approved_at__isempty": "1"})


@pytest.fixture(autouse=True)
def furnished(rows: dict[str, list[Model]]) -> None:
    """A refund, a lot wait, a line of a pay-out and more in each village."""
    Discrepancy.objects.create(
        what="payment", reference="pi_1", stripe_fen=1, ours_fen=0, difference_fen=1,
        first_seen_at=NOW, last_seen_at=NOW,
    )  # fmt: skip


def waiting(client: Client) -> dict[str, tuple[int, date]]:
    return {one.link: (one.count, one.oldest) for one in client.get(START).context["waiting"]}


@pytest.mark.parametrize(("home", "villages"), [(VILLAGE, 1), (TOWN, 2), (DISTRICT, 3)])
def test_what_lies_in_the_region_waits(cadre: Cadre, home: str, villages: int) -> None:
    client = cadre(home)
    found = waiting(client)
    day = timezone.localdate(NOW)
    assert found[LOTS] == found[PAYOUTS] == (villages, day)
    shown = client.get(START).content.decode()
    for link in found:
        assert link.replace("&", "&amp;") in shown
        assert client.get(link).status_code == 200
    assert (STRIPE in found) is (TARGETS in found) is (home == DISTRICT)


def test_the_oldest_stands_first_with_its_day(cadre: Cadre) -> None:
    wait = LotWait.objects.filter(product__producer__village_id=VILLAGE).get()
    LotWait.objects.filter(pk=wait.pk).update(since=NOW - timedelta(days=40))
    client = cadre(TOWN)
    assert waiting(client)[LOTS] == (2, timezone.localdate(NOW - timedelta(days=40)))
    listed = client.get(START).context["waiting"]
    assert listed[0].link == LOTS
    assert [one.oldest for one in listed] == sorted(one.oldest for one in listed)


def test_nobody_is_asked_to_confirm_what_they_prepared(cadre: Cadre) -> None:
    client = cadre(VILLAGE)
    line = PayoutLine.objects.get(household__village_id=VILLAGE)
    me = User.objects.get(username=f"cadre{VILLAGE}")
    mine = PayoutLine(
        batch=line.batch, household=line.household, wage_fen=1, bank="b", holder="h", number="n",
        prepared_by=me,
    )  # fmt: skip
    decided = {"status": "confirmed", "decided_by": me, "decided_at": NOW}
    PayoutLine.objects.filter(pk=line.pk).update(**decided)
    mine.save()
    assert PAYOUTS not in waiting(client)


def test_targets_wait_for_whoever_did_not_propose_them(cadre: Cadre) -> None:
    district = Region.objects.get(code=DISTRICT)
    one, other = cadre(DISTRICT), make_staff("second", role=Role.CADRE, region=district)
    me = User.objects.get(username=f"cadre{DISTRICT}")
    before = waiting(one)[TARGETS][0]  # those of the furnished villages
    target = propose_target(region=district, year=2026, target_fen=1, by=me, now=NOW)
    assert waiting(one)[TARGETS][0] == before
    second = Client()
    second.force_login(other)
    assert waiting(second)[TARGETS][0] == before + 1
    approve_target(target_id=target.pk, by=other, now=NOW)
    assert waiting(second)[TARGETS][0] == before
    assert AidTarget.objects.filter(approved_at=None).exists()


def test_nothing_waits_for_an_auditor(auditor: Client) -> None:
    assert waiting(auditor) == {}


def test_a_flag_waits_for_those_above_the_village(cadre: Cadre) -> None:
    flag(OrderLine.objects.filter(producer__village_id=VILLAGE)[0].order)
    link = reverse("cadre:screening")
    assert link not in waiting(cadre(VILLAGE))
    assert waiting(cadre(TOWN))[link][0] == waiting(cadre(DISTRICT))[link][0] == 1
    assert link not in waiting(cadre("430212102000"))
