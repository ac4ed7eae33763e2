"""The district's cadres close a month in the admin: one prepares, another signs."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.access_log.models import AccessRecord
from lukou_market.accounts.models import Role, User
from lukou_market.aid import closing_gate
from lukou_market.aid.audit_checks import CHECKS
from lukou_market.aid.close_period import check_asked
from lukou_market.aid.models import Period
from lukou_market.aid.verifier.verify_period import check
from lukou_market.aid.write_period import export_period
from lukou_market.cadre.finding_words import WORDS, finding_words
from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.record_discrepancies import record_discrepancies
from tests.aid.months import IN_AUGUST, JUNE, Books
from tests.cadre.conftest import signed_in
from tests.factories import (
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_region,
    make_sku,
    make_staff,
)
from tests.support_second_factor import code_for, enrol

Cadre = Callable[[str], Client]
DISTRICT, TOWN = "430212000000", "430212101000"


@pytest.fixture
def books(db: None, monkeypatch: pytest.MonkeyPatch) -> Books:
    """A received sale in June; Stripe agrees."""
    producer, household = make_producer(), make_household()
    make_link(producer, household, 3000)
    books = Books(producer, household, make_offer(sku=make_sku(producer), price_fen=1000))
    monkeypatch.setattr(
        closing_gate,
        "settle_with_stripe",
        lambda now: record_discrepancies(differences=books.differences, now=now),
    )
    books.sale()
    return books


@pytest.fixture
def other(db: None) -> Client:
    """A second cadre of the district."""
    return signed_in(make_staff("other", role=Role.CADRE, region=make_region(DISTRICT)))


def page(client: Client, name: str = "period") -> str:
    return client.get(reverse(f"cadre:{name}", args=[JUNE])).content.decode()


def prepare(client: Client) -> int:
    status = client.post(reverse("cadre:period-prepare", args=[JUNE])).status_code
    check_asked(now=IN_AUGUST.replace(year=2099))
    return status


def sign(client: Client, **changed: str) -> int:
    signer = User.objects.get(pk=client.session["_auth_user_id"])
    enrol(signer)
    given = {"sha256": Period.objects.get().sha256, "checked": "on", "code": code_for(signer)}
    form = given | changed
    return client.post(reverse("cadre:period-sign", args=[JUNE]), form).status_code


def test_one_cadre_prepares_and_another_signs(books: Books, cadre: Cadre, other: Client) -> None:
    one = cadre(DISTRICT)
    assert "核对账目并编制" in page(one)
    assert prepare(one) == 302
    assert "须由区里另一位干部签发" in page(one)
    sign(one)
    assert Period.objects.get().status == "prepared"
    assert "签发本月" in page(other)
    sign(other)
    period = Period.objects.get()
    assert (period.status, period.signed_by.username) == ("signed", "other")  # type: ignore[union-attr]
    assert period.sha256 in page(other)
    assert "签发本月" not in page(other)


def test_the_download_is_the_signed_bytes(books: Books, cadre: Cadre, other: Client) -> None:
    prepare(cadre(DISTRICT))
    address = reverse("cadre:period-file", args=[JUNE])
    assert other.get(address).status_code == 404
    sign(other)
    response = other.get(address)
    assert response.content == export_period(Period.objects.get())
    assert check(response.content)["month"] == "2026-06"
    assert 'filename="lukou-period-2026-06.jsonl"' in response["Content-Disposition"]


def test_a_signature_is_recorded(books: Books, cadre: Cadre, other: Client) -> None:
    prepare(cadre(DISTRICT))
    sign(other)
    record = AccessRecord.objects.get(action="signed")
    assert (record.actor.username, record.subject) == ("other", "period 2026-06")  # type: ignore[union-attr]


def test_the_page_counts_villages_without_a_reviewed_report(books: Books, cadre: Cadre) -> None:
    assert "还有 1 个有销售或记入金额的村" in page(cadre(DISTRICT))


@pytest.mark.parametrize("code", ["", "000000", "12345", "一二三四五六"])
def test_a_wrong_code_signs_nothing(books: Books, cadre: Cadre, other: Client, code: str) -> None:
    prepare(cadre(DISTRICT))
    sign(other, code=code)
    assert Period.objects.get().status == "prepared"
    assert not AccessRecord.objects.filter(action="signed").exists()


@pytest.mark.parametrize("changed", [{"sha256": "0" * 64}, {"sha256": ""}])
def test_other_figures_than_those_shown_are_not_signed(
    books: Books, cadre: Cadre, other: Client, changed: dict[str, str]
) -> None:
    prepare(cadre(DISTRICT))
    sign(other, **changed)
    assert Period.objects.get().status == "prepared"


def test_without_the_confirmation_nothing_is_signed(
    books: Books, cadre: Cadre, other: Client
) -> None:
    prepare(cadre(DISTRICT))
    other.post(reverse("cadre:period-sign", args=[JUNE]), {"sha256": Period.objects.get().sha256})
    assert Period.objects.get().status == "prepared"


def test_what_is_unexplained_is_listed_with_what_to_do(books: Books, cadre: Cadre) -> None:
    books.differences.append(Difference("payment", "pi_unknown", stripe_fen=1, ours_fen=0))
    client = cadre(DISTRICT)
    prepare(client)
    text = page(client)
    assert "未通过" in text
    assert "Stripe 与本系统付款不符" in text
    assert "pi_unknown" in text
    assert "0.01" in text
    assert "逐条用一句话说明" in text


def test_what_happens_later_is_shown_beside_the_signed_figures(
    books: Books, cadre: Cadre, other: Client
) -> None:
    order = books.sale()
    prepare(cadre(DISTRICT))
    sign(other)
    assert "签发后没有变动" in page(other)
    books.refund(order, 400, now=IN_AUGUST)
    text = page(other)
    assert order.number in text
    assert "-4.00" in text
    assert "16.00" in text
    assert books.household.number in text
    download = other.get(reverse("cadre:period-restatement", args=[JUNE]))
    assert order.number in download.content.decode()


def test_the_list_says_what_to_do_with_each_month(books: Books, cadre: Cadre) -> None:
    client = cadre(DISTRICT)
    response = client.get(reverse("cadre:periods"))
    listed = response.context["months"]
    assert listed[-1].month == JUNE
    assert [month.is_next for month in listed].count(True) == 1
    assert not listed[0].is_over
    text = response.content.decode()
    for words in ("等待本月结束", "请先封前面的月份", "编制"):
        assert words in text


@pytest.mark.parametrize(
    "name", ["period", "period-file", "period-restatement", "period-prepare", "period-sign"]
)
def test_a_cadre_of_a_town_neither_sees_nor_closes_a_month(
    books: Books, cadre: Cadre, name: str
) -> None:
    client, address = cadre(TOWN), reverse(f"cadre:{name}", args=[JUNE])
    response = client.post(address) if name[7:] in ("prepare", "sign") else client.get(address)
    assert response.status_code == 403
    assert client.get(reverse("cadre:periods")).status_code == 403
    assert reverse("cadre:periods") not in client.get(reverse("admin:index")).content.decode()
    assert not Period.objects.exists()


def test_auditors_and_superusers_look_and_close_nothing(
    books: Books, auditor: Client, superuser: Client
) -> None:
    for client in (auditor, superuser):
        assert "核对账目并编制" not in page(client)
        assert prepare(client) == 403
    assert not Period.objects.exists()


def test_a_cadre_of_one_of_two_districts_closes_no_month_of_both(
    books: Books, cadre: Cadre
) -> None:
    make_region("430211000000")
    assert cadre(DISTRICT).get(reverse("cadre:periods")).status_code == 403


def test_a_month_the_book_does_not_have_is_not_there(books: Books, cadre: Cadre) -> None:
    client = cadre(DISTRICT)
    assert client.get(reverse("cadre:period", args=[date(2020, 1, 1)])).status_code == 404


def test_every_check_of_the_books_has_a_cadres_words() -> None:
    assert set(CHECKS) <= set(WORDS)


def test_references_are_said_in_chinese() -> None:
    assert finding_words("order ↔ payment", "order 123 refund", 1).reference == "订单 123 退款"
