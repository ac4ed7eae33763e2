from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

NO_REDIS = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "unix:///nowhere/redis.sock",
        "OPTIONS": {"IGNORE_EXCEPTIONS": True},
    }
}


@pytest.fixture(autouse=True)
def empty_redis() -> Iterator[None]:
    """No counts and no states of sessions that had the same ids in other tests."""
    cache.clear()
    yield


@pytest.fixture
def no_redis(settings: Any) -> None:
    settings.CACHES = NO_REDIS


@pytest.fixture
def client() -> APIClient:
    return APIClient()
