"""Codes of an authenticator app: each once, on time, and not by guessing."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from lukou_market.accounts.errors import NoSecondFactor, TooManyTries, WrongCode
from lukou_market.accounts.models import User
from lukou_market.accounts.second_factor import confirm_second_factor, totp_at
from lukou_market.accounts.second_factor_models import StaffDevice
from tests.factories import NOW, make_staff
from tests.support_second_factor import code_for, enrol

pytestmark = pytest.mark.django_db
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def user() -> User:
    user = make_staff("village")
    enrol(user)
    return user


def shown(user: User, at: datetime) -> str:
    return f"{totp_at(StaffDevice.objects.get(user=user), at).token():06d}"


def wrong(user: User, at: datetime) -> str:
    near = {shown(user, at + n * HALF_MINUTE) for n in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


def test_the_code_of_now_is_accepted_once(user: User) -> None:
    code = code_for(user, now=NOW)
    confirm_second_factor(user, code, now=NOW)
    with pytest.raises(WrongCode):
        confirm_second_factor(user, code, now=NOW)
    assert StaffDevice.objects.get().failures == 1


def test_an_earlier_code_is_refused_after_a_later_one(user: User) -> None:
    before, now = shown(user, NOW - HALF_MINUTE), shown(user, NOW)
    confirm_second_factor(user, now, now=NOW)
    with pytest.raises(WrongCode):
        confirm_second_factor(user, before, now=NOW)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_half_a_minute_off_is_forgiven(user: User, steps: int) -> None:
    confirm_second_factor(user, shown(user, NOW + steps * HALF_MINUTE), now=NOW)
    assert StaffDevice.objects.get().drift_steps == steps


def test_a_clock_that_drifts_is_followed(user: User) -> None:
    clock = StaffDevice.objects.get()
    for step in range(1, 4):  # the phone gains half a minute a day
        now = NOW + timedelta(days=step)
        confirm_second_factor(
            user, f"{totp_at(clock, now + step * HALF_MINUTE).token():06d}", now=now
        )
    assert StaffDevice.objects.get().drift_steps == 3


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_of_a_minute_ago_or_ahead_is_refused(user: User, steps: int) -> None:
    with pytest.raises(WrongCode):
        confirm_second_factor(user, shown(user, NOW + steps * HALF_MINUTE), now=NOW)
    assert StaffDevice.objects.get().last_step == -1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345"])
def test_what_is_no_code_is_wrong(user: User, typed: str) -> None:
    with pytest.raises(WrongCode):
        confirm_second_factor(user, typed, now=NOW)


def test_after_five_wrong_codes_even_the_right_one_waits(user: User) -> None:
    for _try in range(5):
        with pytest.raises(WrongCode):
            confirm_second_factor(user, wrong(user, NOW), now=NOW)
    with pytest.raises(TooManyTries) as refusal:
        confirm_second_factor(user, shown(user, NOW), now=NOW)
    assert refusal.value.detail["retry_after_s"] == 31
    assert "31" in str(refusal.value)
    later = NOW + timedelta(seconds=30)
    confirm_second_factor(user, shown(user, later), now=later)
    assert StaffDevice.objects.get().failures == 0


def test_the_wait_doubles_up_to_an_hour(user: User) -> None:
    StaffDevice.objects.update(failures=200, failed_at=NOW)
    with pytest.raises(TooManyTries) as refusal:
        confirm_second_factor(user, shown(user, NOW), now=NOW)
    assert refusal.value.detail["retry_after_s"] == 3601


def test_without_a_confirmed_device_no_code_counts(user: User) -> None:
    code = code_for(user, now=NOW)
    StaffDevice.objects.update(confirmed_at=None)
    with pytest.raises(NoSecondFactor):
        confirm_second_factor(user, code, now=NOW)


def test_the_code_of_somebody_else_is_wrong(user: User) -> None:
    other = make_staff("town")
    enrol(other)
    with pytest.raises(WrongCode):
        confirm_second_factor(other, shown(user, NOW), now=NOW)


def test_the_database_never_holds_the_key_in_clear(user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_staffdevice")
        [[stored]] = cursor.fetchall()
    assert stored
    assert StaffDevice.objects.get().key not in stored
