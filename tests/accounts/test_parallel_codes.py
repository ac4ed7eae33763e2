from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from lukou_market.accounts.errors import CodeWrong
from lukou_market.accounts.exchange_code import exchange_code
from lukou_market.accounts.models import SignInCode, User
from tests.accounts.codes import PHONE, get_code, wrong
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(codes: list[str]) -> list[str]:
    """What comes of exchanging all these codes at once, each on a connection of its own."""

    def exchange(code: str) -> str:
        try:
            exchange_code(phone=PHONE, code=code, now=NOW)
        except CodeWrong:
            return "refused"
        finally:
            connection.close()
        return "signed in"

    with ThreadPoolExecutor(len(codes)) as threads:
        return sorted(threads.map(exchange, codes))


def test_of_parallel_uses_of_one_code_one_signs_in() -> None:
    assert outcomes([get_code()] * 4) == ["refused"] * 3 + ["signed in"]
    assert User.objects.count() == 1


def test_parallel_guesses_are_all_counted() -> None:
    code = get_code()
    assert outcomes([wrong(code)] * 8) == ["refused"] * 8
    assert SignInCode.objects.get().attempts == 5
    assert outcomes([code]) == ["refused"]
