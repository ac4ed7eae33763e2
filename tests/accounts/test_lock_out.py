"""Wrong passwords lock a name at an address, for a while, and not for others."""

from datetime import timedelta
from typing import Any

import pytest

from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.accounts.check_password import check_password
from lukou_market.accounts.errors import LockedOut, PasswordWrong
from lukou_market.accounts.lock_out import unlock
from lukou_market.accounts.models import PasswordTries, User
from tests.factories import NOW, make_region, make_staff

pytestmark = pytest.mark.django_db
WRONG = "wrong"
HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def user() -> User:
    return make_staff("village", role="cadre", region=make_region("430212101001"))


def tried(password: str = WRONG, *, username: str = "village", **changes: Any) -> User:
    asked: dict[str, Any] = {"address": HERE, "now": NOW} | changes
    return check_password(username=username, password=password, **asked)


def lock(**changes: Any) -> None:
    for _try in range(4):
        with pytest.raises(PasswordWrong):
            tried(**changes)
    with pytest.raises(LockedOut):
        tried(**changes)


def test_the_right_password_is_the_user_and_leaves_no_count(user: User) -> None:
    with pytest.raises(PasswordWrong):
        tried()
    assert tried("secret") == user
    assert not PasswordTries.objects.exists()


def test_the_fifth_wrong_password_locks_even_the_right_one_out(user: User) -> None:
    lock()
    with pytest.raises(LockedOut) as refusal:
        tried("secret", now=NOW + timedelta(minutes=5))
    assert refusal.value.detail == {"minutes": 10}
    assert "10" in str(refusal.value)
    assert PasswordTries.objects.get().failures == 5


def test_a_lock_ends_after_a_quarter_of_an_hour_and_counts_anew(user: User) -> None:
    lock()
    later = NOW + timedelta(minutes=15)
    with pytest.raises(PasswordWrong):
        tried(now=later)
    assert PasswordTries.objects.get().failures == 1
    assert tried("secret", now=later) == user


def test_slow_mistakes_are_forgotten(user: User) -> None:
    for minutes in range(0, 100, 4):
        with pytest.raises(PasswordWrong):
            tried(now=NOW + timedelta(minutes=4 * minutes))
    assert tried("secret", now=NOW + timedelta(hours=8)) == user


def test_a_lock_is_one_address_and_one_name(user: User) -> None:
    make_staff("town")
    lock()
    assert tried("secret", address=THERE) == user
    assert tried("secret", username="town").username == "town"


def test_a_name_that_nobody_has_is_locked_the_same_and_not_written_down(user: User) -> None:
    lock(username="my-password-typed-in-the-wrong-field")
    assert "my-password" not in str(list(AccessRecord.objects.values()))
    assert "my-password" not in str(list(PasswordTries.objects.values()))


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_is_no_active_staff_is_refused_as_a_wrong_password(
    user: User, change: dict[str, bool]
) -> None:
    User.objects.update(**change)
    with pytest.raises(PasswordWrong):
        tried("secret")


def test_refusals_and_the_lock_are_recorded_once_each(user: User) -> None:
    lock()
    with pytest.raises(LockedOut):
        tried()
    records = AccessRecord.objects.order_by("id")
    assert [record.action for record in records] == [Action.SIGN_IN_REFUSED] * 4 + [
        Action.LOCKED_OUT
    ]
    last = records.last()
    assert last is not None
    assert (last.actor, last.region_code, last.reason) == (user, "430212101001", f"from {HERE}")


def test_unlocking_lets_try_again_and_is_recorded(user: User) -> None:
    root = make_staff("root")
    lock()
    unlock(tries=PasswordTries.objects.get(), by=root)
    assert tried("secret") == user
    record = AccessRecord.objects.get(action=Action.CLEARED)
    assert (record.actor, record.subject) == (root, f"lock of staff sign-in village from {HERE}")


def test_counts_of_other_days_are_swept(user: User) -> None:
    with pytest.raises(PasswordWrong):
        tried(address=THERE)
    tried("secret", now=NOW + timedelta(days=2))
    assert not PasswordTries.objects.exists()
