import pytest

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.models import SignInCode, User
from lukou_market.accounts.send_code import send_code
from tests.accounts.codes import OTHER_PHONE, PHONE, get_code
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_only_digests_of_phone_and_code_are_stored() -> None:
    code = get_code(PHONE)
    stored = SignInCode.objects.values_list("phone_digest", "code_digest").get()
    assert all(len(digest) == 64 and code not in digest for digest in stored)
    assert PHONE not in str(stored)


def test_asking_for_a_code_makes_no_user() -> None:
    get_code(PHONE)
    assert not User.objects.exists()


def test_a_new_code_leaves_other_phones_codes_alone() -> None:
    for phone in (PHONE, OTHER_PHONE, PHONE):
        get_code(phone)
    assert SignInCode.objects.count() == 2


def test_a_wrong_phone_gets_no_code() -> None:
    with pytest.raises(PhoneWrong):
        send_code(phone="12345", now=NOW)
    assert not SignInCode.objects.exists()
