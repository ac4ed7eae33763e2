import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from lukou_market.accounts.models import SignInCode, User
from lukou_market.accounts.sms_gateway import last_text
from tests.accounts.codes import OTHER_PHONE, PHONE, texted_code, wrong
from tests.factories import make_user

pytestmark = pytest.mark.django_db
CODES, TOKENS, REFRESH = (
    "/api/v1/auth/codes/",
    "/api/v1/auth/tokens/",
    "/api/v1/auth/tokens/refresh/",
)
ODD: list[Any] = [
    "\0",
    "138\0",
    "\ud800",
    "🍈",
    "１３８１２３４５６７８",
    "",
    None,
    [],
    {},
    True,
    10**400,
    1.5,
]


def ask(client: APIClient, phone: Any, **extra: Any) -> Any:
    return client.post(CODES, {"phone": phone}, format="json", **extra)


def test_a_phone_signs_in_and_renews_its_token(client: APIClient) -> None:
    assert ask(client, PHONE).status_code == 202
    answer = client.post(TOKENS, {"phone": PHONE, "code": texted_code()}, format="json")
    assert answer.status_code == 200
    assert answer.json()["expires_in"] == 3600
    renewed = client.post(REFRESH, {"refresh": answer.json()["refresh"]}, format="json")
    assert set(renewed.json()) == {"access", "expires_in"}
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {renewed.json()['access']}")
    assert client.get("/api/v1/orders/").status_code == 200


def test_known_and_unknown_phones_get_the_same_answer(client: APIClient) -> None:
    make_user(phone=PHONE)
    known, unknown = ask(client, PHONE), ask(client, OTHER_PHONE)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_a_wrong_code_is_a_problem_with_a_stable_code(client: APIClient) -> None:
    ask(client, PHONE)
    answer = client.post(TOKENS, {"phone": PHONE, "code": wrong(texted_code())}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "code_wrong")
    assert answer["Content-Type"] == "application/problem+json"
    assert not User.objects.exists()


def test_a_closed_account_is_told_so(client: APIClient) -> None:
    make_user(phone=PHONE)
    User.objects.update(is_active=False)
    ask(client, PHONE)
    answer = client.post(TOKENS, {"phone": PHONE, "code": texted_code()}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "account_closed")


def test_a_made_up_refresh_token_is_refused(client: APIClient) -> None:
    answer = client.post(REFRESH, {"refresh": "a.b.c"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (401, "refresh_refused")


def test_a_stale_token_does_not_hinder_signing_in_again(client: APIClient) -> None:
    client.credentials(HTTP_AUTHORIZATION="Bearer stale")
    assert ask(client, PHONE).status_code == 202


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_input_is_refused_politely(client: APIClient, odd: Any) -> None:
    bodies = [
        (CODES, {"phone": odd}),
        (TOKENS, {"phone": odd, "code": "123456"}),
        (TOKENS, {"phone": PHONE, "code": odd}),
        (REFRESH, {"refresh": odd}),
        (CODES, odd),
    ]
    for path, body in bodies:
        text = json.dumps(body)  # the client's own encoder refuses lone surrogates
        answer = client.post(path, text, content_type="application/json")
        assert answer.status_code in (400, 401), (path, body)
    assert not SignInCode.objects.exists()


def test_a_phone_gets_only_so_many_codes_an_hour(client: APIClient, settings: Any) -> None:
    settings.SIGN_IN_CODES_PER_HOUR_PER_PHONE = 2
    written = [PHONE, "+86 138 1234 5678"]
    assert [ask(client, phone).status_code for phone in written] == [202, 202]
    text = last_text(PHONE)
    refusal = ask(client, PHONE)
    assert (refusal.status_code, refusal.json()["code"]) == (429, "throttled")
    assert 3590 <= int(refusal["Retry-After"]) <= 3600
    assert last_text(PHONE) == text
    assert ask(client, OTHER_PHONE).status_code == 202


def test_an_address_asks_for_only_so_many_codes_an_hour(client: APIClient, settings: Any) -> None:
    settings.SIGN_IN_CODES_PER_HOUR_PER_ADDRESS = 1
    assert ask(client, PHONE).status_code == 202
    refusal = ask(client, OTHER_PHONE)
    assert (refusal.status_code, refusal["Content-Type"]) == (429, "application/problem+json")
    assert int(refusal["Retry-After"]) > 0
    assert last_text(OTHER_PHONE) is None
    assert ask(client, OTHER_PHONE, REMOTE_ADDR="192.0.2.7").status_code == 202


def test_without_redis_codes_are_sent_all_the_same(
    client: APIClient, no_redis: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SIGN_IN_CODES_PER_HOUR_PER_PHONE = 1
    assert [ask(client, PHONE).status_code for _ in range(2)] == [202, 202]
    assert capsys.readouterr().out.count("SMS 138****5678") == 2
