"""Notices and objections in the admin: posted by the village, answered by the town."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lukou_market.access_log.models import AccessRecord
from lukou_market.public_notices.models import Objection, PublicNotice
from tests.aid.months import JUNE
from tests.cadre.conftest import signed_in
from tests.fulfilment.photos import photo
from tests.public_notices.conftest import Village, alone, books, cadres, village
from tests.village_reports.people import VILLAGE

__all__ = ["alone", "books", "cadres", "village"]

Cadre = Callable[[str], Client]
NEXT_TOWN = "430212102000"


@pytest.fixture
def posted(village: Village) -> PublicNotice:
    """Posted yesterday by the village."""
    village.approve()
    return village.post(now=timezone.now() - timedelta(days=1))


def test_the_village_posts_and_proves(village: Village) -> None:
    village.approve()
    client = signed_in(village.cadres.village)
    assert "核对并张贴" in client.get(reverse("cadre:notices")).content.decode()
    preview = client.get(reverse("cadre:notice-preview", args=[VILLAGE, JUNE])).content.decode()
    assert "王**" in preview and "张贴" in preview
    client.post(reverse("cadre:notice-post", args=[VILLAGE, JUNE]))
    notice = PublicNotice.objects.get()
    file = SimpleUploadedFile("board.jpg", photo(), "image/jpeg")
    form = {"photo": file, "taken_on": f"{timezone.localdate()}", "caption": "村部"}
    client.post(reverse("cadre:notice-proof", args=[notice.number]), form)
    shown = notice.photos.get()
    page = client.get(reverse("cadre:notice", args=[notice.number])).content.decode()
    address = reverse("storefront:public-notice-photo", args=[notice.number, shown.pk])
    assert address in page
    assert Client().get(address)["Content-Type"] == "image/jpeg"


def test_the_town_answers_and_each_full_look_is_recorded(
    village: Village, posted: PublicNotice
) -> None:
    objection = village.object(
        posted, now=timezone.now(), text="少了一单，打 13812345678", phone="13877776666"
    )
    client, number = signed_in(village.cadres.town), objection.number
    assert number in client.get(reverse("cadre:objections")).content.decode()
    page = client.get(reverse("cadre:objection", args=[number])).content.decode()
    assert "少了一单" in page
    assert "13812345678" not in page and "13877776666" not in page
    look = reverse("cadre:objection-look", args=[number])
    client.post(look, {"reason": ""})
    assert not AccessRecord.objects.exists()
    full = client.post(look, {"reason": "回电核实"}).content.decode()
    assert "13812345678" in full and "13877776666" in full
    record = AccessRecord.objects.get()
    assert (record.actor, record.reason) == (village.cadres.town, "回电核实")
    handle = reverse("cadre:objection-handle", args=[number])
    client.post(handle, {"step": "accept"})
    client.post(handle, {"step": "uphold", "words": "下月补记", "follow_up": "next_month"})
    objection.refresh_from_db()
    assert objection.status == "upheld"
    page = client.get(reverse("cadre:notice", args=[posted.number])).content.decode()
    assert number in page and "异议成立" in page


def test_the_village_sees_objections_and_handles_none(
    village: Village, posted: PublicNotice
) -> None:
    objection = village.object(posted, now=timezone.now())
    client = signed_in(village.cadres.village)
    assert client.get(reverse("cadre:objection", args=[objection.number])).status_code == 200
    for name in ("objection-handle", "objection-look"):
        answer = client.post(
            reverse(f"cadre:{name}", args=[objection.number]), {"step": "accept", "reason": "x"}
        )
        assert answer.status_code == 403
    assert Objection.objects.get().status == "received"


def test_another_town_finds_nothing_here(
    cadre: Cadre, village: Village, posted: PublicNotice
) -> None:
    objection = village.object(posted, now=timezone.now())
    client = cadre(NEXT_TOWN)
    for name, arguments in (
        ("notice", [posted.number]),
        ("notice-preview", [VILLAGE, JUNE]),
        ("objection", [objection.number]),
    ):
        assert client.get(reverse(f"cadre:{name}", args=arguments)).status_code == 404
    for name in ("notices", "objections"):
        text = client.get(reverse(f"cadre:{name}")).content.decode()
        assert posted.number not in text and objection.number not in text
    assert client.post(reverse("cadre:notice-post", args=[VILLAGE, JUNE])).status_code == 404


def test_an_auditor_looks_and_posts_nothing(auditor: Client, village: Village) -> None:
    village.approve()
    assert auditor.get(reverse("cadre:notice-preview", args=[VILLAGE, JUNE])).status_code == 200
    assert auditor.post(reverse("cadre:notice-post", args=[VILLAGE, JUNE])).status_code == 403
    assert not PublicNotice.objects.exists()


def test_pages_cost_few_queries(village: Village, posted: PublicNotice) -> None:
    client = signed_in(village.cadres.district)
    for address in (
        reverse("cadre:notices"),
        reverse("cadre:objections"),
        reverse("cadre:notice", args=[posted.number]),
    ):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= 30


def test_the_first_page_says_who_has_to_do_what(village: Village, posted: PublicNotice) -> None:
    village.object(posted, now=timezone.now())
    of_village, of_town = (
        {one.link: one.count for one in signed_in(user).get("/admin/").context["waiting"]}
        for user in (village.cadres.village, village.cadres.town)
    )
    objections, notices = reverse("cadre:objections"), reverse("cadre:notices")
    assert of_village[notices] == of_town[objections] == 1
    assert objections not in of_village
