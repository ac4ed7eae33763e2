"""A notice read, objected to and answered on the public pages, without signing in."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lukou_market.public_notices.handle_objection import accept_objection, reject_objection
from lukou_market.public_notices.issue_card import issue_cards
from lukou_market.public_notices.models import HouseholdPhone, Objection, PublicNotice
from lukou_market.public_notices.text_statements import keep_phone
from tests.aid.months import JUNE
from tests.public_notices.conftest import Village, alone, books, cadres, village

__all__ = ["alone", "books", "cadres", "village"]

pytestmark = pytest.mark.usefixtures("empty_redis")


@pytest.fixture
def posted(village: Village) -> PublicNotice:
    """Posted today."""
    village.approve()
    return village.post(now=timezone.now())


def page_of(notice: PublicNotice) -> str:
    return reverse("storefront:public-notice", args=[notice.number])


def test_anybody_reads_a_notice_with_its_files(client: Client, posted: PublicNotice) -> None:
    assert posted.number in client.get(reverse("storefront:public-notices")).content.decode()
    text = client.get(page_of(posted)).content.decode()
    for words in ("王**", "欧**", "8.00", "销售额不等于农户收入", posted.sha256):
        assert words in text
    assert "王小发" not in text
    lines = client.get(reverse("storefront:public-notice-lines", args=[posted.number]))
    assert sha256(lines.content).hexdigest() == posted.sha256
    pdf = client.get(reverse("storefront:public-notice-pdf", args=[posted.number]))
    assert sha256(pdf.content).hexdigest() == posted.pdf_sha256


def test_anybody_objects_and_reads_the_answer_by_number(
    client: Client, village: Village, posted: PublicNotice
) -> None:
    answer = client.post(page_of(posted), {"text": "我家少了一单", "phone": "13812345678"})
    objection = Objection.objects.get()
    assert answer["Location"] == reverse("storefront:objection", args=[objection.number])
    status = client.get(answer["Location"]).content.decode()
    assert objection.number in status
    assert "少了一单" not in status and "13812345678" not in status
    now = timezone.now()
    accept_objection(objection_id=objection.pk, by=village.cadres.town, now=now)
    reject_objection(objection_id=objection.pk, words="已逐单核对", by=village.cadres.town, now=now)
    assert "已逐单核对" in client.get(answer["Location"]).content.decode()
    assert "已逐单核对" in client.get(page_of(posted)).content.decode()
    found = client.get(
        reverse("storefront:look-up-objection"), {"number": objection.number.lower()}
    )
    assert found["Location"] == answer["Location"]


@pytest.mark.parametrize("form", [{"text": ""}, {"text": "少了", "phone": "12"}])
def test_what_can_not_be_read_is_said_on_the_page(
    client: Client, posted: PublicNotice, form: dict[str, str]
) -> None:
    answer = client.post(page_of(posted), form)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Objection.objects.exists()


def test_one_address_does_not_object_without_end(client: Client, posted: PublicNotice) -> None:
    for _ in range(20):
        client.post(page_of(posted), {"text": "少了"})
    assert "请一小时后再试" in client.post(page_of(posted), {"text": "少了"}).content.decode()
    assert Objection.objects.count() == 20


def test_after_the_last_day_there_is_no_form(client: Client, village: Village) -> None:
    village.approve()
    notice = village.post(now=timezone.now() - timedelta(days=12))
    assert 'id="object"' not in client.get(page_of(notice)).content.decode()
    assert "异议期已结束" in client.post(page_of(notice), {"text": "少了"}).content.decode()
    assert not Objection.objects.exists()


@pytest.mark.parametrize("name", ["public-notice", "public-notice-pdf", "objection"])
def test_what_is_not_there_is_a_404(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(f"storefront:{name}", args=["x-1"])).status_code == 404


def test_a_card_is_opened_by_its_number_disputed_and_silenced(
    client: Client, village: Village
) -> None:
    household, by = village.books.household, village.cadres.village
    now = timezone.now()
    keep_phone(household=household, phone="13877776666", given_by=by, now=now)
    cards = issue_cards(households=[household], first_month=JUNE, last_month=JUNE, now=now)
    number = cards[household.pk].number
    asked = client.post(
        reverse("storefront:statement-by-number"), {"number": number.lower().replace("-", " ")}
    )
    page = client.get(asked["Location"])
    assert "6.00" in page.content.decode() and "李**" in page.content.decode()
    assert "noindex" in page["X-Robots-Tag"]
    assert "15 日内答复" in page.content.decode() and "2.00" not in page.content.decode()
    disputed = client.post(asked["Location"], {"order_number": "", "text": "少了"})
    assert Objection.objects.get().household == household
    assert disputed.status_code == 302
    client.post(asked["Location"], {"texts": "no"})
    assert HouseholdPhone.objects.get().no_texts_since is not None
    unknown = reverse("storefront:statement", args=["2222-2222-2222-2222"])
    assert client.get(unknown).status_code == 404
