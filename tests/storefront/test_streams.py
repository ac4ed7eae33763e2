"""The list of streams and the room."""

import pytest
from django.test import Client

from tests.factories import (
    NOW,
    make_host,
    make_session,
    make_staff,
    make_user,
    make_village,
)
from tests.storefront.pages import signed_in

pytestmark = pytest.mark.django_db


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert '<a class="button" href="/studio/">' in page.content.decode()


def test_streams_are_listed_as_live_coming_and_over(client: Client) -> None:
    for status in ("live", "interrupted", "scheduled", "ended", "cancelled"):
        make_session(status)
    context = client.get("/").context
    assert [session.status for session in context["live"]].count("live") == 1
    assert len(context["live"]) == 2
    assert [session.status for session in context["scheduled"]] == ["scheduled"]
    assert [session.status for session in context["ended"]] == ["ended"]


def test_times_are_those_of_the_clock_in_the_village(client: Client) -> None:
    make_session("scheduled", at=NOW)  # 04:00 UTC
    assert "06-28 12:00" in client.get("/").content.decode()


def test_an_unknown_room_is_not_found(client: Client) -> None:
    page = client.get("/live/999999/")
    assert page.status_code == 404
    assert "/static/market/market.css" in page.content.decode()


def test_names_are_escaped(client: Client) -> None:
    host = make_host(make_user("<script>x"))
    session = make_session(host=host)
    assert "<script>x" not in client.get(f"/live/{session.pk}/").content.decode()


def test_the_language_can_be_changed(client: Client) -> None:
    assert '<html lang="zh-hans">' in client.get("/").content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


def test_every_page_names_the_three_places_to_go() -> None:
    page = signed_in(make_user()).get("/").content.decode()
    for path in ('href="/"', 'href="/orders/"', 'href="/studio/"', 'action="/sign-out/"'):
        assert path in page


def test_a_page_not_open_to_the_visitor_says_so_in_their_language(client: Client) -> None:
    client.force_login(make_staff("clerk", role="cadre", region=make_village()))
    answer = client.get("/admin/streams/offer/add/")
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode() and "market.css" in answer.content.decode()
