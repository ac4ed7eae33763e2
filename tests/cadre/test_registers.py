"""Rules of the registers as their forms keep them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lukou_market.catalog.models import Sku
from lukou_market.households.models import BenefitLink, Household
from tests.factories import NOW, make_household, make_link, make_producer, make_sku, make_village

Cadre = Callable[[str], Client]
VILLAGE = "430212101001"
ADD_LINK = reverse("admin:households_benefitlink_add")
NO_PARTS = {"parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0}


def change(link: BenefitLink) -> str:
    return reverse("admin:households_benefitlink_change", args=[link.pk])


@pytest.fixture
def link(db: None) -> BenefitLink:
    """A link in force since long ago."""
    return make_link(make_producer(), make_household(), 3000)


def terms(link: BenefitLink, share_bp: int) -> dict[str, object]:
    return {
        "producer": link.producer_id, "household": link.household_id,
        "mechanism": link.mechanism, "share_bp": share_bp, **NO_PARTS,
    }  # fmt: skip


def test_ending_a_version_keeps_its_terms_and_makes_room_for_the_next(
    link: BenefitLink, cadre: Cadre
) -> None:
    client, end = cadre(VILLAGE), timezone.localtime() + timedelta(days=1)
    moment = {"0": f"{end:%Y-%m-%d}", "1": f"{end:%H:%M:%S}"}
    ended = {f"ends_at_{part}": value for part, value in moment.items()}
    assert client.post(change(link), ended | {"share_bp": 1}).status_code == 302
    link.refresh_from_db()
    assert (link.share_bp, link.in_force.upper) == (3000, end.replace(microsecond=0))
    began = {f"starts_at_{part}": value for part, value in moment.items()}
    assert client.post(ADD_LINK, began | terms(link, 4000)).status_code == 302
    following = BenefitLink.objects.get(version=2)
    assert (following.share_bp, following.in_force.lower) == (4000, link.in_force.upper)


def test_a_version_that_has_ended_is_not_opened_again(cadre: Cadre, db: None) -> None:
    ended = make_link(make_producer(), make_household(), 3000, until=NOW)
    client = cadre(VILLAGE)
    assert client.get(change(ended)).status_code == 200
    assert client.post(change(ended), {"ends_at_0": "", "ends_at_1": ""}).status_code == 403
    assert BenefitLink.objects.get().in_force.upper == NOW


def test_a_link_neither_begins_nor_ends_in_the_past(link: BenefitLink, cadre: Cadre) -> None:
    client = cadre(VILLAGE)
    past = {"0": "2026-01-01", "1": "00:00:00"}
    ended = {f"ends_at_{part}": value for part, value in past.items()}
    began = {f"starts_at_{part}": value for part, value in past.items()}
    errors = client.post(change(link), ended).context["adminform"].form.errors
    assert set(errors) == {"ends_at"}
    errors = client.post(ADD_LINK, began | terms(link, 1)).context["adminform"].form.errors
    assert set(errors) == {"starts_at"}
    assert BenefitLink.objects.get().in_force.upper is None


def test_overlapping_versions_and_shares_above_the_whole_are_refused_with_a_sentence(
    link: BenefitLink, cadre: Cadre
) -> None:
    neighbour, client = make_household(), cadre(VILLAGE)
    for form in (terms(link, 1), terms(link, 7001) | {"household": neighbour.pk}):
        response = client.post(ADD_LINK, form, follow=True)
        assert [message.level_tag for message in response.context["messages"]] == ["error"]
        assert BenefitLink.objects.count() == 1
    assert client.post(ADD_LINK, form | {"share_bp": 7000}).status_code == 302
    assert BenefitLink.objects.count() == 2


def test_a_poor_household_names_one_main_cause_and_at_most_two_others(
    cadre: Cadre, db: None
) -> None:
    client, add = cadre(VILLAGE), reverse("admin:households_household_add")
    form = {"number": "H1", "village": make_village().pk, "category": "allowance",
            "members-TOTAL_FORMS": 0, "members-INITIAL_FORMS": 0}  # fmt: skip
    for wrong, field in (
        ({}, "main_cause"),
        ({"main_cause": "illness", "other_causes": ["illness"]}, "other_causes"),
        ({"main_cause": "illness", "other_causes": ["land", "water", "skills"]}, "other_causes"),
    ):
        assert field in client.post(add, form | wrong).context["adminform"].form.errors
    assert not Household.objects.exists()
    right = {"main_cause": "illness", "other_causes": ["land", "water"]}
    assert client.post(add, form | right).status_code == 302
    assert Household.objects.get().other_causes == ["land", "water"]


def test_a_list_price_is_typed_in_yuan_and_kept_in_fen(cadre: Cadre, db: None) -> None:
    sku = make_sku(price_fen=3990)
    page = reverse("admin:catalog_sku_change", args=[sku.pk])
    client = cadre(VILLAGE)
    assert 'value="39.90"' in client.get(page).content.decode()
    form = {"name": "一箱", "weight_g": 2500, "list_price": "19.99"}
    assert client.post(page, form).status_code == 302
    assert Sku.objects.get().list_price_fen == 1999
    wrong = client.post(page, form | {"list_price": "19.999"})
    assert "list_price" in wrong.context["adminform"].form.errors
