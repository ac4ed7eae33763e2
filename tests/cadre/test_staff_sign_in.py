"""The way into the desk: password, then app; nothing less opens it."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.accounts.models import RecoveryCode, Role, SignIn, SignInCode, StaffDevice, User
from lukou_market.accounts.second_factor import totp_at
from lukou_market.accounts.send_code import code_digest
from lukou_market.kernel.encryption import digest
from lukou_market.regions.desk import SECOND_FACTOR_AT
from tests.cadre.conftest import signed_in
from tests.factories import make_region, make_staff
from tests.support_second_factor import code_for, enrol

LOGIN, INDEX = reverse("admin:login"), reverse("admin:index")
CODE, ENROL = reverse("cadre:sign-in-code"), reverse("cadre:enrol")
CONFIRM = reverse("cadre:confirm-second-factor")
VILLAGE = "430212101001"


@pytest.fixture
def user(db: None) -> User:
    user = make_staff("village", role=Role.CADRE, region=make_region(VILLAGE))
    enrol(user)
    return user


def give_password(client: Client, given: str = "secret") -> Any:
    return client.post(LOGIN, {"username": "village", "password": given})


def is_in(client: Client) -> bool:
    return client.get(INDEX).status_code == 200


def test_password_and_code_open_the_desk_and_are_recorded(user: User) -> None:
    client = Client(headers={"User-Agent": "Windows"})
    assert give_password(client)["Location"].startswith(CODE)
    assert not is_in(client)
    answer = client.post(f"{CODE}?next=/admin/aid-sales/", {"code": code_for(user)})
    assert answer["Location"] == "/admin/aid-sales/"
    assert is_in(client)
    record = AccessRecord.objects.get()
    assert (record.actor, record.action, record.region_code) == (user, Action.SIGNED_IN, VILLAGE)
    sign_in = SignIn.objects.get()
    assert (sign_in.device, sign_in.with_second_factor) == ("Windows", True)
    assert client.session.get_expiry_age() <= 12 * 3600


def test_the_code_step_is_closed_without_a_password(user: User) -> None:
    client = Client()
    for page in (CODE, ENROL):
        assert client.get(page)["Location"].startswith(LOGIN)
        assert client.post(page, {"code": code_for(user)})["Location"].startswith(LOGIN)
    assert not is_in(client)


def test_a_password_that_was_changed_meanwhile_ends_the_second_step(user: User) -> None:
    client = Client()
    give_password(client)
    user.set_password("another")
    user.save()
    assert client.post(CODE, {"code": code_for(user)})["Location"].startswith(LOGIN)
    assert not is_in(client)


def test_a_code_used_elsewhere_is_refused(user: User) -> None:
    first, second = Client(), Client()
    give_password(first)
    give_password(second)
    code = code_for(user)
    first.post(CODE, {"code": code})
    answer = second.post(CODE, {"code": code})
    assert "已经用过" in answer.content.decode()
    assert is_in(first)
    assert not is_in(second)
    assert AccessRecord.objects.filter(action=Action.SIGN_IN_REFUSED, actor=user).exists()


def phone_in(user: User, phone: str) -> Client:
    """A browser that signed in with a code to the phone, through the shop's own pages."""
    User.objects.filter(pk=user.pk).update(phone_digest=digest(phone))
    client, now = Client(), timezone.now()
    client.post(reverse("storefront:sign-in"), {"phone": phone})
    SignInCode.objects.update(
        code_digest=code_digest(phone, "123456"), expires_at=now + timedelta(minutes=5)
    )
    client.post(reverse("storefront:enter-code"), {"code": "123456"})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def test_signing_in_by_phone_does_not_open_the_desk(user: User) -> None:
    client = phone_in(user, "13812345678")
    assert client.get(INDEX)["Location"].startswith(LOGIN)
    assert client.get(reverse("cadre:aid-sales")).status_code == 302
    household = f"/api/v1/households/{430212101}-0001/trace/"
    assert client.get(household, {"first_month": "2026-06"}).status_code == 404
    assert AccessRecord.objects.get(actor=user).action == Action.SIGNED_IN


def test_who_came_by_phone_goes_on_with_password_and_code(user: User) -> None:
    client = phone_in(user, "13812345678")
    give_password(client)
    client.post(CODE, {"code": code_for(user)})
    assert is_in(client)


def test_a_recovery_code_opens_once(user: User) -> None:
    device = StaffDevice.objects.get()
    RecoveryCode.objects.create(
        device=device, code_digest=digest(f"recovery {user.pk} abcde-fghjk")
    )
    client = Client()
    give_password(client)
    client.post(CODE, {"code": "ABCDE-fghjk "})
    assert is_in(client)
    again = Client()
    give_password(again)
    again.post(CODE, {"code": "abcde-fghjk"})
    assert not is_in(again)


def test_the_first_sign_in_registers_an_app_and_shows_ten_codes_once(user: User) -> None:
    StaffDevice.objects.all().delete()
    client = Client()
    assert give_password(client)["Location"].startswith(ENROL)
    page = client.get(ENROL)
    device = StaffDevice.objects.get()
    assert device.key in page.content.decode()
    assert "<svg" in page.content.decode()
    assert not is_in(client)
    answer = client.post(ENROL, {"code": f"{totp_at(device, timezone.now()).token():06d}"})
    codes = answer.context["codes"]
    assert len(set(codes)) == 10
    assert all(code in answer.content.decode() for code in codes)
    assert is_in(client)
    stored = str(list(RecoveryCode.objects.values()))
    assert not [code for code in codes if code in stored]
    other = Client()
    give_password(other)
    other.post(CODE, {"code": codes[3]})
    assert is_in(other)


def test_a_wrong_first_code_registers_nothing_and_keeps_the_key(user: User) -> None:
    StaffDevice.objects.all().delete()
    client = Client()
    give_password(client)
    client.get(ENROL)
    key = StaffDevice.objects.get().key
    page = client.post(ENROL, {"code": "abcdef"})
    assert key in page.content.decode()
    device = StaffDevice.objects.get()
    assert (device.key, device.confirmed_at, device.recovery_codes.count()) == (key, None, 0)
    assert not is_in(client)


def test_a_key_that_was_only_looked_at_is_replaced(user: User) -> None:
    StaffDevice.objects.all().delete()
    client = Client()
    give_password(client)
    client.get(ENROL)
    key = StaffDevice.objects.get().key
    client.get(ENROL)
    assert StaffDevice.objects.get().key != key


def test_who_has_an_app_registers_no_second_one(user: User) -> None:
    client = Client()
    give_password(client)
    assert client.get(ENROL)["Location"].startswith(CODE)
    assert client.post(ENROL, {"code": code_for(user)})["Location"].startswith(CODE)
    assert not is_in(client)


def test_a_lock_is_said_in_chinese_with_its_length_and_a_superuser_ends_it(user: User) -> None:
    client = Client(headers={"Accept-Language": "zh-hans"})
    for _try in range(5):
        answer = give_password(client, "wrong")
    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()
    assert give_password(client).status_code == 429
    root = signed_in(User.objects.create_superuser("root", "secret"))
    locks = reverse("admin:accounts_passwordtries_changelist")
    listed = root.get(locks)
    assert "village" in listed.content.decode()
    [tries] = listed.context["cl"].result_list
    root.post(locks, {"action": "unlock_chosen", "_selected_action": tries.pk})
    assert give_password(client)["Location"].startswith(CODE)


def test_an_address_is_taken_from_the_header_only_behind_a_proxy(user: User, settings: Any) -> None:
    for n in range(5):
        answer = Client(headers={"X-Forwarded-For": f"10.9.9.{n}"}).post(
            LOGIN, {"username": "village", "password": "wrong"}
        )
    assert answer.status_code == 429  # the header is nobody's word without a proxy


@pytest.mark.parametrize("body", [{}, {"username": "x" * 99, "password": "y"},
                                  {"username": "a\0b", "password": "c"}])  # fmt: skip
def test_what_is_no_name_or_password_is_said_so(db: None, body: dict[str, str]) -> None:
    answer = Client().post(LOGIN, body)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_leaving_is_recorded(user: User) -> None:
    client = signed_in(user)
    client.post(reverse("admin:logout"))
    assert not is_in(client)
    assert AccessRecord.objects.get().action == Action.SIGNED_OUT


def test_my_sign_ins_are_shown_and_ended(user: User) -> None:
    clients = [Client(), Client(), Client()]
    for client in clients:
        give_password(client)
        client.post(CODE, {"code": code_for(user)})
    here, there, elsewhere = clients
    page = here.get(reverse("cadre:sign-ins"))
    assert len(page.context["sign_ins"]) == 3
    one = SignIn.objects.get(session_key=there.session.session_key)
    end = reverse("cadre:sign-ins-end", args=[user.pk])
    here.post(end, {"one": one.pk})
    assert [is_in(client) for client in clients] == [True, False, True]
    here.post(end)
    assert [is_in(client) for client in (here, elsewhere)] == [True, False]
    assert AccessRecord.objects.filter(action=Action.SIGNED_OUT, actor=user).count() == 2


def test_only_superusers_see_and_end_sign_ins_of_others(user: User, auditor: Client) -> None:
    client = Client()
    give_password(client)
    client.post(CODE, {"code": code_for(user)})
    page, end = (reverse(f"cadre:sign-ins-{name}", args=[user.pk]) for name in ("of", "end"))
    assert auditor.get(page).status_code == auditor.post(end).status_code == 404
    assert is_in(client)
    root = signed_in(User.objects.create_superuser("root", "secret"))
    assert len(root.get(page).context["sign_ins"]) == 1
    root.post(end)
    assert not is_in(client)


def test_last_seen_is_noted_every_few_minutes(user: User) -> None:
    client = Client()
    give_password(client)
    client.post(CODE, {"code": code_for(user)})
    SignIn.objects.update(last_seen_at=None)
    assert is_in(client)
    assert SignIn.objects.get().last_seen_at is not None
    SignIn.objects.update(last_seen_at=None)
    assert is_in(client)
    assert SignIn.objects.get().last_seen_at is None


def stale(client: Client) -> Client:
    """The same browser eleven minutes later."""
    session = client.session
    session[SECOND_FACTOR_AT] = time.time() - 11 * 60
    session.save()
    return client


SENSITIVE = ["admin:accounts_user_add", "admin:payouts_payoutbatch_add"]


@pytest.mark.parametrize("name", SENSITIVE)
def test_what_is_sensitive_asks_for_a_code_again(db: None, name: str) -> None:
    root = User.objects.create_superuser("root", "secret")
    enrol(root)
    client, page = stale(signed_in(root)), reverse(name)
    asked = client.get(page)
    assert asked["Location"] == f"{CONFIRM}?next={page.replace('/', '%2F')}"
    assert client.get(asked["Location"]).status_code == 200
    client.post(asked["Location"], {"code": "abcdef"})
    assert client.get(page).status_code == 302
    back = client.post(asked["Location"], {"code": code_for(root)})
    assert back["Location"] == page
    assert client.get(page).status_code == 200


def test_roles_are_not_granted_with_an_old_code(user: User) -> None:
    root = User.objects.create_superuser("root", "secret")
    client = stale(signed_in(root))
    page = reverse("admin:accounts_user_change", args=[user.pk])
    form = {"display_name": "村", "username": "village", "is_superuser": "on", "is_staff": "on",
            "is_active": "on", "grants-TOTAL_FORMS": 0, "grants-INITIAL_FORMS": 0}  # fmt: skip
    assert client.post(page, form)["Location"].startswith(CONFIRM)
    password = reverse("admin:auth_user_password_change", args=[user.pk])
    new = {"password1": "n3w-passw0rd", "password2": "n3w-passw0rd"}
    assert client.post(password, new)["Location"].startswith(CONFIRM)
    kept = User.objects.get(pk=user.pk)
    assert not kept.is_superuser
    assert kept.check_password("secret")


def test_a_superuser_resets_an_app_and_its_sign_ins_end(user: User, auditor: Client) -> None:
    client = Client()
    give_password(client)
    client.post(CODE, {"code": code_for(user)})
    page = reverse("admin:accounts_user_reset_device", args=[user.pk])
    assert auditor.post(page, {"reason": "x"}).status_code == 403
    root = signed_in(User.objects.create_superuser("root", "secret"))
    root.post(page, {"reason": " "})
    assert StaffDevice.objects.filter(user=user).exists()
    root.post(page, {"reason": "手机丢失，已当面核实"})
    assert not StaffDevice.objects.exists()
    assert not is_in(client)
    record = AccessRecord.objects.get(action=Action.CLEARED)
    assert (record.subject, record.reason) == ("second factor of village", "手机丢失，已当面核实")
    assert give_password(Client())["Location"].startswith(ENROL)
    assert Session.objects.exists()
