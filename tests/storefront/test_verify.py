"""One address says of every paper what it is and whether another has taken its place."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from lukou_market.public_notices.notice_paper import notice_address
from tests.aid.months import IN_JULY
from tests.public_notices.conftest import Village, alone, books, cadres, village

__all__ = ["alone", "books", "cadres", "village"]


def says(client: Client, sha256: str) -> str:
    page = client.get(reverse("storefront:verify", args=[sha256]))
    assert page.status_code == 200
    return page.content.decode()


def test_a_notice_is_verified_by_its_lines_and_its_paper_and_names_what_replaced_it(
    client: Client, village: Village
) -> None:
    village.approve()
    notice = village.post()
    for sha256 in (notice.sha256, notice.pdf_sha256):
        shown = says(client, sha256)
        assert "核验通过" in shown and notice.number in shown
        assert reverse("storefront:public-notice", args=[notice.number]) in shown
        assert "8.00" not in shown
    newer = village.post(now=IN_JULY + timedelta(days=1), correction="更正户主姓名")
    shown = says(client, notice.sha256)
    assert "已被取代" in shown
    assert notice_address(newer.number).endswith(
        reverse("storefront:public-notice", args=[newer.number])
    )
    assert reverse("storefront:public-notice", args=[newer.number]) in shown
    assert "核验通过" in says(client, newer.sha256)


def test_a_report_that_nobody_published_is_not_known(client: Client, village: Village) -> None:
    village.approve()
    report = village.cadres.place.villagereport_set.get()
    assert "查无此件" in says(client, report.sha256)
