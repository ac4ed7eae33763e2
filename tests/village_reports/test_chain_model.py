"""Any order of steps by anybody: the chain and an independent model of it agree, always."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.kernel.errors import DomainError
from lukou_market.village_reports.models import ReportArchive, ReportStep, VillageReport
from tests.aid.months import Books
from tests.factories import make_region
from tests.village_reports.people import DISTRICT, TOWN, VILLAGE, Cadres, cadre

pytestmark = pytest.mark.django_db

PEOPLE = ["v", "t", "d", "vt", "td", "vtd"]
"""A cadre of each set of levels, named by them."""
ACTIONS = ["prepare", "review", "approve", "publish", "return", "sell", "close"]
LEVELS = {"prepare": "v", "review": "t", "approve": "d", "publish": "d", "return": "td"}
CODES = {"v": VILLAGE, "t": TOWN, "d": DISTRICT}
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(PEOPLE)), max_size=14)


@dataclass
class Model:
    """What should be: versions as (state, preparer, reviewer, sales in them), and the month."""

    sales: int = 1
    signed: int | None = None
    versions: list[list[Any]] = field(default_factory=list)

    def takes(self, action: str, who: str) -> bool:
        """Whether the step is taken; if so, it is done here too."""
        if action == "sell":
            self.sales += self.signed is None
            return self.signed is None
        if action == "close":
            if self.signed is not None:
                return False
            self.signed = self.sales
            return True
        if not set(LEVELS[action]) & set(who):
            return False
        last = self.versions[-1] if self.versions else None
        return getattr(self, f"_{action}")(last, who)  # type: ignore[no-any-return]

    def _prepare(self, last: list[Any] | None, who: str) -> bool:
        if last is not None and last[0] != "returned":
            return False
        self.versions.append(["prepared", who, "", self.sales])
        return True

    def _review(self, last: list[Any] | None, who: str) -> bool:
        if last is None or last[0] != "prepared" or last[1] == who or last[3] != self.sales:
            return False
        last[0], last[2] = "reviewed", who
        return True

    def _approve(self, last: list[Any] | None, who: str) -> bool:
        if last is None or last[0] != "reviewed" or who in (last[1], last[2]):
            return False
        if self.signed != last[3]:
            return False
        last[0] = "approved"
        return True

    def _publish(self, last: list[Any] | None, who: str) -> bool:
        if last is None or last[0] != "approved":
            return False
        last[0] = "published"
        return True

    def _return(self, last: list[Any] | None, who: str) -> bool:
        if last is None or last[0] not in ("prepared", "reviewed", "approved"):
            return False
        last[0] = "returned"
        return True


@dataclass
class Shop:
    """The real chain, driven by the same words."""

    books: Books
    cadres: Cadres
    people: dict[str, User]

    def takes(self, action: str, who: str) -> bool:
        """Do it; False when it is refused."""
        try:
            with transaction.atomic():
                self._do(action, self.people[who])
        except DomainError:
            return False
        return True

    def _do(self, action: str, by: User) -> None:
        if action == "sell":
            self.books.sale()
        elif action == "close":
            self.cadres.close()
        elif action == "prepare":
            self.cadres.prepare(by=by)
        else:
            report = VillageReport.objects.order_by("version").last()
            if report is None:
                raise DomainError
            steps = {
                "review": self.cadres.review,
                "approve": self.cadres.approve,
                "publish": self.cadres.publish,
                "return": self.cadres.send_back,
            }
            steps[action](report, by=by)

    def everything(self) -> list[Any]:
        """All that the chain has written."""
        return [
            list(VillageReport.objects.order_by("id").values_list("id", "status", "sha256")),
            list(ReportStep.objects.order_by("id").values_list("id", "action", "by")),
            ReportArchive.objects.count(),
        ]


@pytest.fixture
def people(cadres: Cadres) -> dict[str, User]:
    found = {}
    for levels in PEOPLE:
        found[levels] = cadre(f"p{levels}", CODES[levels[0]])
        for level in levels[1:]:
            RoleGrant.objects.create(
                user=found[levels], role=Role.CADRE, region=make_region(CODES[level])
            )
    return found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_the_chain_does_what_the_model_does(
    books: Books, cadres: Cadres, people: dict[str, User], steps: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        model, shop = Model(), Shop(books, cadres, people)
        for action, who in steps:
            if action == "sell" and model.signed is not None:
                continue  # would be booked in the next month
            before = shop.everything()
            expected = model.takes(action, who)
            assert shop.takes(action, who) == expected, (action, who)
            if not expected:
                assert shop.everything() == before
            states = [state for state, *_ in model.versions]
            assert [status for _pk, status, _sha256 in shop.everything()[0]] == states
        transaction.set_rollback(True)
