"""Announcing and running a session."""

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from lukou_market.streams import errors
from lukou_market.streams.models import Host, LiveSession, Offer
from tests.factories import (
    make_offer,
    make_producer,
    make_region,
    make_session,
    make_sku,
    make_user,
)
from tests.storefront.pages import place_now, sentences

pytestmark = pytest.mark.django_db
TERMS = {"price": "39.90", "quota": "200", "limit_per_buyer": "5"}


def test_a_session_is_announced_in_local_time(console: Client, host: Host) -> None:
    form = {"title": "浦湾甜瓜专场", "scheduled_at": "2099-06-28T19:30"}
    response = console.post("/studio/schedule/", form)
    session = LiveSession.objects.get()
    assert response.headers["Location"] == f"/studio/sessions/{session.pk}/"
    assert session.scheduled_at == datetime(2099, 6, 28, 11, 30, tzinfo=UTC)
    assert (session.host, session.status) == (host, "scheduled")


def test_a_time_that_is_over_is_refused(console: Client) -> None:
    form = {"title": "x", "scheduled_at": "2020-01-01T10:00"}
    page = console.post("/studio/schedule/", form)
    assert "scheduled_at" in page.context["form"].errors
    assert not LiveSession.objects.exists()


def test_without_a_valid_certificate_nothing_is_announced(console: Client, host: Host) -> None:
    host.certified_during = DateRange(date(2019, 1, 1), date(2020, 1, 1))
    host.save()
    form = {"title": "x", "scheduled_at": "2099-01-01T10:00"}
    page = console.post("/studio/schedule/", form)
    assert page.context["form"].non_field_errors() == [str(errors.HostNotCertified.sentence)]
    assert not LiveSession.objects.exists()


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("scheduled", "start", "live"),
        ("scheduled", "cancel", "cancelled"),
        ("live", "interrupt", "interrupted"),
        ("interrupted", "resume", "live"),
        ("live", "end", "ended"),
    ],
)
def test_each_button_moves_the_session(
    console: Client, host: Host, before: str, step: str, after: str
) -> None:
    session = make_session(before, host=host)
    assert console.get(f"/studio/sessions/{session.pk}/").status_code == 200
    page = console.post(f"/studio/sessions/{session.pk}/move/", {"step": step}, follow=True)
    session.refresh_from_db()
    assert session.status == after
    assert page.status_code == 200


def test_a_step_that_is_not_possible_says_so(console: Client, host: Host) -> None:
    session = make_session("ended", host=host)
    page = console.post(f"/studio/sessions/{session.pk}/move/", {"step": "start"}, follow=True)
    assert sentences(page) == [str(errors.SessionStatusWrong.sentence)]
    session.refresh_from_db()
    assert session.status == "ended"


def test_an_offer_is_priced_in_yuan_and_kept_in_fen(console: Client, host: Host) -> None:
    session = make_session("scheduled", host=host)
    sku = make_sku(make_producer(village=host.village))
    window = {"opens_at": "2099-06-28T20:00", "closes_at": "2099-06-28T20:10"}
    form = TERMS | window | {"sku": str(sku.pk)}
    console.post(f"/studio/sessions/{session.pk}/offers/", form)
    offer = Offer.objects.get()
    assert (offer.sku, offer.price_fen, offer.quota, offer.limit_per_buyer) == (sku, 3990, 200, 5)
    assert offer.opens_at == datetime(2099, 6, 28, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong", [{"price": "39.905"}, {"price": "0"}, {"price": "NaN"}, {"quota": "0"}, {"sku": "0"}]
)
def test_wrong_terms_are_shown_again_and_nothing_is_on_sale(
    console: Client, host: Host, wrong: dict[str, str]
) -> None:
    session = make_session("scheduled", host=host)
    sku = make_sku(make_producer(village=host.village))
    form = TERMS | {"sku": str(sku.pk)} | wrong
    page = console.post(f"/studio/sessions/{session.pk}/offers/", form)
    assert list(page.context["offer_form"].errors) == list(wrong)
    assert not Offer.objects.exists()


def test_a_host_offers_goods_of_the_village_and_certified_ones(console: Client, host: Host) -> None:
    session = make_session("scheduled", host=host)
    elsewhere = make_region("430212102001")
    own = make_sku(make_producer(village=host.village))
    certified = make_sku(make_producer(village=elsewhere))
    certified.product.certificate_number = "FP1"
    certified.product.certified_during = DateRange(date(2020, 1, 1), date(2099, 1, 1))
    certified.product.save()
    make_sku(make_producer(village=elsewhere))
    offered = make_offer(session, sku=make_sku(make_producer(village=host.village)))
    form = console.get(f"/studio/sessions/{session.pk}/").context["offer_form"]
    assert set(form.fields["sku"].queryset) == {own, certified}
    assert offered.sku not in form.fields["sku"].queryset


def test_offers_are_pinned_unpinned_paused_and_sold_again(console: Client, host: Host) -> None:
    session = make_session(host=host)
    offer = make_offer(session)
    path = f"/studio/sessions/{session.pk}/offers/{offer.pk}/"
    seen = []
    for step in ("pin", "pause", "resume", "unpin"):
        console.post(path, {"step": step})
        session.refresh_from_db()
        offer.refresh_from_db()
        seen.append((session.pinned_offer_id == offer.pk, offer.paused))
    assert seen == [(True, False), (True, True), (True, False), (False, False)]


def test_figures_count_what_is_neither_cancelled_nor_expired(console: Client, host: Host) -> None:
    offer = make_offer(make_session(host=host), price_fen=3990, limit=9)
    buyer = make_user()
    place_now(buyer, offer, 3)
    given_up = place_now(buyer, offer, 2)
    client = Client()
    client.force_login(buyer)
    client.post(f"/orders/{given_up.number}/cancel/")
    page = console.get(f"/studio/sessions/{offer.session_id}/figures/")
    figures = page.context["figures"]
    assert (figures.orders, figures.units, figures.weight_g) == (1, 3, 7500)
    assert (figures.gross_fen, figures.paid_fen) == (3 * 3990, 0)
    assert "<html" not in page.content.decode()
