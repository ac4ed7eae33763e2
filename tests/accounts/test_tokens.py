from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIRequestFactory
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from lukou_market.accounts.errors import RefreshRefused
from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import TokenAuthentication, issue_tokens, renew_access
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def caller(token: str) -> Any:
    request: Any = APIRequestFactory().get("/", headers={"Authorization": f"Bearer {token}"})
    found = TokenAuthentication().authenticate(request)
    assert found
    return found[0]


def test_the_token_check_makes_no_query(django_assert_num_queries: Any) -> None:
    user = make_user()
    access = issue_tokens(user)["access"]
    with django_assert_num_queries(0):
        assert caller(access).id == user.pk


def test_a_refresh_token_opens_nothing() -> None:
    with pytest.raises(InvalidToken):
        caller(issue_tokens(make_user())["refresh"])


def test_a_token_that_names_no_number_is_refused() -> None:
    token = AccessToken()
    token["user_id"] = "root"
    with pytest.raises(InvalidToken):
        caller(str(token))


def test_a_renewed_token_is_the_same_users() -> None:
    user = make_user()
    renewed = renew_access(issue_tokens(user)["refresh"])
    assert caller(renewed["access"]).id == user.pk
    assert renewed["expires_in"] == 3600


def test_a_deactivated_user_gets_no_new_token() -> None:
    user = make_user()
    refresh = issue_tokens(user)["refresh"]
    User.objects.update(is_active=False)
    with pytest.raises(RefreshRefused):
        renew_access(refresh)


def test_an_access_token_does_not_renew_itself() -> None:
    with pytest.raises(RefreshRefused):
        renew_access(issue_tokens(make_user())["access"])


def test_an_expired_refresh_token_renews_nothing() -> None:
    token = RefreshToken.for_user(make_user())
    token.set_exp(lifetime=timedelta(seconds=-1))
    with pytest.raises(RefreshRefused):
        renew_access(str(token))
