"""A stream like an earlier one, in one tap."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from lukou_market.streams import errors
from lukou_market.streams.models import Host, LiveSession
from tests.factories import make_offer, make_producer, make_session, make_sku, make_village
from tests.storefront.pages import sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(host: Host) -> LiveSession:
    """An ended session of yesterday with two packages."""
    session = make_session("ended", host=host, at=timezone.now() - timedelta(days=1))
    session.title = f"甜瓜 {timezone.localdate(session.scheduled_at):%m-%d} 第9场"
    session.save()
    for quota in (200, 120):
        make_offer(session, sku=make_sku(make_producer(village=host.village)), quota=quota)
    return session


def test_one_tap_announces_the_same_again_for_now(console: Client, earlier: LiveSession) -> None:
    before = timezone.now()
    page = console.post(f"/studio/sessions/{earlier.pk}/copy/", follow=True)
    session = LiveSession.objects.exclude(pk=earlier.pk).get()
    assert page.redirect_chain == [(f"/studio/sessions/{session.pk}/", 302)]
    assert before <= session.scheduled_at <= timezone.now()
    assert session.title == f"甜瓜 {timezone.localdate():%m-%d} 第10场"
    assert [offer.quota for offer in session.offers.all()] == [200, 120]
    assert session.status == "scheduled"


def test_title_and_time_may_be_chosen_before(console: Client, earlier: LiveSession) -> None:
    form = console.get(f"/studio/schedule/?like={earlier.pk}").context["form"]
    assert form["title"].initial.endswith("第10场")
    assert form["like"].initial == earlier.pk
    typed = {"title": "夜场", "scheduled_at": "2099-06-28T19:30", "like": str(earlier.pk)}
    console.post("/studio/schedule/", typed)
    session = LiveSession.objects.exclude(pk=earlier.pk).get()
    assert (session.title, session.offers.count()) == ("夜场", 2)


def test_what_may_not_be_sold_any_more_is_named(
    console: Client, host: Host, earlier: LiveSession
) -> None:
    lapsed = make_sku(make_producer("南塘合作社", make_village("430212102001")))
    lapsed.product.certificate_number = "FP1"
    lapsed.product.certified_during = DateRange(date(2020, 1, 1), date(2021, 1, 1))
    lapsed.product.save()
    make_offer(earlier, sku=lapsed)
    page = console.post(f"/studio/sessions/{earlier.pk}/copy/", follow=True)
    said = sentences(page)
    assert len(said) == 2
    assert f"{lapsed} (南塘合作社)" in said[1]
    assert LiveSession.objects.first().offers.count() == 2  # type: ignore[union-attr]


def test_without_a_valid_certificate_nothing_is_copied(
    console: Client, host: Host, earlier: LiveSession
) -> None:
    host.certified_during = DateRange(date(2019, 1, 1), date(2020, 1, 1))
    host.save()
    page = console.post(f"/studio/sessions/{earlier.pk}/copy/", follow=True)
    assert sentences(page) == [str(errors.HostNotCertified.sentence)]
    assert LiveSession.objects.get() == earlier


@pytest.mark.parametrize("like", ["0", "x", "99999999999999999999"])
def test_a_session_that_is_not_there_is_no_template(
    console: Client, earlier: LiveSession, like: str
) -> None:
    assert console.get(f"/studio/schedule/?like={like}").status_code in (200, 404)
    typed = {"title": "夜场", "scheduled_at": "2099-06-28T19:30", "like": like}
    page = console.post("/studio/schedule/", typed)
    assert list(page.context["form"].errors) == ["like"]
    assert LiveSession.objects.get() == earlier


def test_another_hosts_session_is_no_template(console: Client) -> None:
    others = make_session("ended")
    assert console.get(f"/studio/schedule/?like={others.pk}").status_code == 404
    typed = {"title": "夜场", "scheduled_at": "2099-06-28T19:30", "like": str(others.pk)}
    page = console.post("/studio/schedule/", typed)
    assert list(page.context["form"].errors) == ["like"]
    assert LiveSession.objects.get() == others
