"""Targets: one cadre of the district proposes, another approves, and all versions stay."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.errors import WrongCode
from lukou_market.accounts.models import Role, User
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.history import changes_of
from lukou_market.regions.desk import desk_of_user
from lukou_market.regions.models import Region
from lukou_market.reports.models import AidTarget
from lukou_market.reports.set_target import approve_target, propose_target
from lukou_market.reports.target_errors import (
    ProposerNeverApproves,
    TargetApproved,
    TargetNotNewest,
)
from lukou_market.reports.targets import targets_in_force, targets_to_approve
from tests.factories import NOW, make_region, make_staff
from tests.support_second_factor import code_for, enrol

pytestmark = pytest.mark.django_db
LIST = reverse("admin:reports_aidtarget_changelist")
ADD = reverse("admin:reports_aidtarget_add")
TOWN, DISTRICT = "430212101000", "430212000000"


@pytest.fixture
def town() -> Region:
    return make_region(TOWN)


@pytest.fixture
def people(town: Region) -> tuple[User, User]:
    district = make_region(DISTRICT)
    both = [make_staff(name, role=Role.CADRE, region=district) for name in ("first", "second")]
    for person in both:
        enrol(person)
    return both[0], both[1]


def propose(town: Region, by: User, fen: int = 100) -> AidTarget:
    return propose_target(region=town, year=2026, target_fen=fen, by=by, now=NOW)


def in_force(town: Region) -> list[int]:
    return [t.target_fen for t in targets_in_force(year=2026, regions=[town]).values()]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_target_is_in_force_once_another_person_has_approved_it(
    town: Region, people: tuple[User, User]
) -> None:
    first, second = people
    old = propose(town, first)
    assert in_force(town) == []
    approve_target(target_id=old.pk, by=second, now=NOW)
    assert in_force(town) == [100]
    new = propose(town, second, 250)
    assert (new.version, in_force(town)) == (2, [100])
    approve_target(target_id=new.pk, by=first, now=NOW + timedelta(days=1))
    assert in_force(town) == [250]
    assert targets_in_force(year=2025, regions=[town]) == {}
    assert list(AidTarget.objects.order_by("version").values_list("target_fen", "approved_by")) == [
        (100, second.pk), (250, first.pk),
    ]  # fmt: skip


def test_who_proposed_never_approves_nor_an_older_version_nor_twice(
    town: Region, people: tuple[User, User]
) -> None:
    first, second = people
    older = propose(town, first)
    newer = propose(town, first, 200)
    refused: list[tuple[AidTarget, User, type[DomainError]]] = [
        (newer, first, ProposerNeverApproves), (older, second, TargetNotNewest),
    ]  # fmt: skip
    for target, by, error in refused:
        with pytest.raises(error):
            approve_target(target_id=target.pk, by=by, now=NOW)
    assert in_force(town) == []
    approve_target(target_id=newer.pk, by=second, now=NOW)
    with pytest.raises(TargetApproved):
        approve_target(target_id=newer.pk, by=second, now=NOW + timedelta(days=1))
    assert AidTarget.objects.get(pk=newer.pk).approved_at == NOW


@pytest.mark.parametrize(
    "change", [{"target_fen": 1}, {"year": 2027}, {"version": 9}, {"approved_at": None}]
)
def test_what_was_approved_stays(
    town: Region, people: tuple[User, User], change: dict[str, object]
) -> None:
    target = propose(town, people[0])
    approve_target(target_id=target.pk, by=people[1], now=NOW)
    before = AidTarget.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AidTarget.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        AidTarget.objects.all().delete()
    assert AidTarget.objects.values().get() == before


def test_in_the_admin_one_proposes_and_another_approves(
    town: Region, people: tuple[User, User]
) -> None:
    first, second = map(client_of, people)
    first.post(ADD, {"region": TOWN, "year": 2026, "target": "763.80"})
    target = AidTarget.objects.get()
    assert (target.target_fen, target.proposed_by, target.approved_by) == (76380, people[0], None)
    approval = {"action": "approve", "_selected_action": [target.pk]}
    signed = approval | {"code": code_for(people[0])}
    refused = first.post(LIST, signed, follow=True).content.decode()
    assert str(ProposerNeverApproves.sentence) in refused
    assert in_force(town) == []
    second.post(LIST, approval | {"code": code_for(people[1])})
    assert in_force(town) == [76380]
    assert first.get(reverse("admin:reports_aidtarget_change", args=[target.pk])).status_code == 200


def test_a_target_is_approved_with_a_code_of_the_second_factor_only(
    town: Region, people: tuple[User, User]
) -> None:
    client, target = client_of(people[1]), propose(town, people[0])
    approval = {"action": "approve", "_selected_action": [target.pk]}
    assert 'name="code"' in client.post(LIST, approval).content.decode()
    code = code_for(people[1])
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    refused = client.post(LIST, approval | {"code": wrong}).content.decode()
    assert str(WrongCode.sentence) in refused
    assert AidTarget.objects.filter(approved_at=None).exists()


def test_who_proposed_and_who_approved_is_history(town: Region, people: tuple[User, User]) -> None:
    first, second = people
    client_of(first).post(ADD, {"region": TOWN, "year": 2026, "target": "763.80"})
    target = AidTarget.objects.get()
    approval = {"action": "approve", "_selected_action": [target.pk], "code": code_for(second)}
    client_of(second).post(LIST, approval)
    approved, proposed = changes_of(AidTarget, target.pk)
    assert (approved.who, proposed.who) == (str(second), str(first))
    assert {field.new for field in approved.fields} >= {str(second)}


@pytest.mark.parametrize("role", ["town", "auditor", "superuser"])
def test_only_cadres_of_the_district_set_targets(
    town: Region, people: tuple[User, User], role: str
) -> None:
    makers: dict[str, Callable[[], User]] = {
        "town": lambda: make_staff("town", role=Role.CADRE, region=town),
        "auditor": lambda: make_staff("auditor", role=Role.AUDITOR),
        "superuser": lambda: User.objects.create_superuser("root", "secret"),
    }
    user = makers[role]()
    client, target = client_of(user), propose(town, people[0])
    assert client.post(ADD, {"region": TOWN, "year": 2026, "target": "1"}).status_code == 403
    client.post(LIST, {"action": "approve", "_selected_action": [target.pk]})
    assert (AidTarget.objects.count(), in_force(town)) == (1, [])
    assert not targets_to_approve(desk_of_user(user), user).exists()
    assert client.get(LIST).status_code == 200


def test_what_others_proposed_last_waits_for_approval(
    town: Region, people: tuple[User, User]
) -> None:
    first, second = people
    propose(town, first)
    newest = propose(town, first, 200)
    assert list(targets_to_approve(desk_of_user(second), second)) == [newest]
    assert not targets_to_approve(desk_of_user(first), first).exists()
    approve_target(target_id=newest.pk, by=second, now=NOW)
    assert not targets_to_approve(desk_of_user(second), second).exists()
