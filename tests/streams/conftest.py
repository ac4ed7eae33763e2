import pytest
from rest_framework.test import APIClient


@pytest.fixture(autouse=True)
def no_old_counts(empty_redis: None) -> None:
    """No counts of sessions that had the same ids in other tests."""


@pytest.fixture
def client() -> APIClient:
    return APIClient()
