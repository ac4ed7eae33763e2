from datetime import timedelta

import pytest

from lukou_market.accounts.errors import AccountClosed, CodeWrong
from lukou_market.accounts.exchange_code import exchange_code
from lukou_market.accounts.models import SignInCode, User
from tests.accounts.codes import OTHER_PHONE, PHONE, get_code, wrong
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def refused(phone: str, code: str, *, after: timedelta = timedelta()) -> bool:
    """Whether the code is refused; a refusal makes no user."""
    try:
        exchange_code(phone=phone, code=code, now=NOW + after)
    except CodeWrong:
        assert not User.objects.exists()
        return True
    return False


def test_the_code_signs_in_and_makes_the_user_on_first_sight() -> None:
    user = exchange_code(phone="+86 138 1234 5678", code=get_code(PHONE), now=NOW)
    assert (user.phone, user.display_name) == (PHONE, "138****5678")


def test_who_comes_back_is_the_same_user() -> None:
    first = exchange_code(phone=PHONE, code=get_code(), now=NOW)
    assert exchange_code(phone=PHONE, code=get_code(), now=NOW) == first


def test_a_code_works_once() -> None:
    code = get_code()
    exchange_code(phone=PHONE, code=code, now=NOW)
    with pytest.raises(CodeWrong):
        exchange_code(phone=PHONE, code=code, now=NOW)


def test_a_code_is_good_for_less_than_five_minutes() -> None:
    code = get_code()
    assert refused(PHONE, code, after=timedelta(minutes=5))
    assert not refused(PHONE, code, after=timedelta(minutes=4, seconds=59))


def test_a_new_code_ends_the_older_one() -> None:
    old = get_code()
    new = get_code()
    assert old == new or refused(PHONE, old)
    assert not refused(PHONE, new)


def test_a_code_opens_no_other_phone() -> None:
    code = get_code(PHONE)
    assert refused(OTHER_PHONE, code)
    get_code(OTHER_PHONE)
    SignInCode.objects.update(code_digest=SignInCode.objects.earliest("pk").code_digest)
    assert refused(OTHER_PHONE, code)


def test_after_five_wrong_guesses_the_right_code_is_refused_too() -> None:
    code = get_code()
    assert all(refused(PHONE, wrong(code)) for _ in range(5))
    assert refused(PHONE, code)


def test_the_fifth_guess_may_still_be_right() -> None:
    code = get_code()
    assert all(refused(PHONE, wrong(code)) for _ in range(4))
    assert not refused(PHONE, code)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\0"])
def test_what_is_no_code_is_wrong(code: str) -> None:
    get_code()
    assert refused(PHONE, code)


def test_a_closed_account_stays_closed() -> None:
    user = exchange_code(phone=PHONE, code=get_code(), now=NOW)
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(AccountClosed):
        exchange_code(phone=PHONE, code=get_code(), now=NOW)
