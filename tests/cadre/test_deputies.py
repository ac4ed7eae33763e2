"""Deputies are set at the desk by the principal or the level above, withdrawn, never changed."""

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.models import User
from lukou_market.village_reports.models import Deputy
from tests.cadre.conftest import signed_in
from tests.factories import make_region
from tests.village_reports.people import DISTRICT, TOWN, VILLAGE, cadre

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> User:
    return cadre("town", TOWN)


def ask(client: Client, principal: User, deputy: User, **changed: str) -> str:
    form = {
        "principal": principal.pk,
        "region": TOWN,
        "deputy": deputy.pk,
        "first_day": "2026-07-01",
        "last_day": "2026-07-31",
    }
    answer = client.post(reverse("admin:village_reports_deputy_add"), form | changed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_principal_and_the_level_above_set_a_deputy(town: User) -> None:
    other = cadre("other", "430212101002")
    for by in (town, cadre("district", DISTRICT)):
        ask(signed_in(by), town, other)
        assert Deputy.objects.latest("id").set_by == by
    text = signed_in(town).get(reverse("admin:village_reports_deputy_changelist")).content.decode()
    assert "2026年7月31日" in text
    far = signed_in(other).get(reverse("admin:village_reports_deputy_changelist"))
    assert "2026年7月31日" not in far.content.decode()


def test_others_are_refused_with_a_sentence(town: User) -> None:
    colleague, other = cadre("colleague", TOWN), cadre("other", "430212101002")
    assert "代办人由委托人本人或上一级干部设置" in ask(signed_in(colleague), town, other)
    assert "起始日" in ask(signed_in(town), town, other, last_day="2026-06-30")
    assert not Deputy.objects.exists()


def test_who_does_not_sign_sets_no_deputy(town: User, auditor: Client, superuser: Client) -> None:
    add = reverse("admin:village_reports_deputy_add")
    assert [client.get(add).status_code for client in (auditor, superuser)] == [403, 403]


def test_a_deputy_is_withdrawn_by_who_may_set_it(town: User) -> None:
    ask(signed_in(town), town, cadre("other", "430212101002"))
    deputy = Deputy.objects.get()
    withdraw = reverse("admin:village_reports_deputy_withdraw", args=[deputy.pk])
    for user in (cadre("village", VILLAGE), cadre("far", "430212102009")):
        assert signed_in(user).post(withdraw).status_code == 404
    signed_in(cadre("colleague", TOWN)).post(withdraw)
    assert "不再代办" in signed_in(town).get(withdraw).content.decode()
    deputy.refresh_from_db()
    assert not deputy.withdrawn
    signed_in(town).post(withdraw)
    deputy.refresh_from_db()
    assert deputy.withdrawn
    change = reverse("admin:village_reports_deputy_change", args=[deputy.pk])
    assert signed_in(town).post(change, {"last_day": "2099-01-01"}).status_code == 403
    assert make_region(TOWN).name in signed_in(town).get(change).content.decode()
