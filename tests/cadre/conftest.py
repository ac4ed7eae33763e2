"""Four villages in three towns of two districts, and people to look at them."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db.models import Model
from django.test import Client

from lukou_market.accounts.models import Role, User
from tests.cadre.furnish import furnish
from tests.factories import make_region, make_staff

VILLAGES = {
    "甲": "430212101001",
    "乙": "430212101002",
    "丙": "430212102001",
    "丁": "430211101001",
}
"""甲 and 乙 share a town, 丙 lies in another town of the district, 丁 in another district."""

LOOKERS = {"430212101001": "甲", "430212101000": "甲乙", "430212000000": "甲乙丙"}
"""A cadre's region, and the marks of the villages inside."""


@pytest.fixture
def rows(db: None) -> dict[str, list[Model]]:
    """One of everything in each village, by the village's mark."""
    return {mark: furnish(code, mark) for mark, code in VILLAGES.items()}


def signed_in(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cadre(db: None) -> Callable[[str], Client]:
    """A browser of the cadre of a region, by its code."""
    return lambda code: signed_in(
        make_staff(f"cadre{code}", role=Role.CADRE, region=make_region(code))
    )


@pytest.fixture
def auditor(db: None) -> Client:
    """An auditor's browser."""
    return signed_in(make_staff("auditor", role=Role.AUDITOR))


@pytest.fixture
def superuser(db: None) -> Client:
    """A superuser's browser."""
    return signed_in(User.objects.create_superuser("root", "secret"))


@pytest.fixture(autouse=True)
def _no_cache() -> None:
    cache.clear()
