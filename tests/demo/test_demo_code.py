"""Codes of the demo's logins, and of nobody else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lukou_market.accounts.second_factor import confirm_second_factor
from tests.factories import make_staff
from tests.support_second_factor import enrol

pytestmark = pytest.mark.django_db


def printed(username: str) -> str:
    out = StringIO()
    call_command("demo_code", username, stdout=out)
    return out.getvalue().strip()


def test_a_demo_login_gets_codes_that_were_not_used() -> None:
    user = make_staff("village")
    user.set_password("lukou-demo-village")
    user.save()
    enrol(user)
    confirm_second_factor(user, printed("village"), now=timezone.now())
    confirm_second_factor(user, printed("village"), now=timezone.now())


def test_who_has_another_password_gets_none() -> None:
    enrol(make_staff("village"))
    with pytest.raises(CommandError):
        printed("village")


@pytest.mark.parametrize("username", ["", "nobody"])
def test_who_is_no_demo_login_gets_none(username: str) -> None:
    with pytest.raises(CommandError):
        printed(username)
