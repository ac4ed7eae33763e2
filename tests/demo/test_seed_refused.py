from datetime import UTC, datetime

import pytest

from lukou_market.accounts.models import User
from lukou_market.demo.seed import NotEmptyError, seed_demo
from lukou_market.regions.models import Region


@pytest.mark.django_db
def test_known_passwords_never_come_into_somebody_elses_database() -> None:
    User.objects.create_staff(username="clerk", password="a good one", display_name="Clerk")
    with pytest.raises(NotEmptyError):
        seed_demo(now=datetime(2026, 7, 1, tzinfo=UTC))
    assert not Region.objects.exists()
    assert User.objects.count() == 1
