"""Rules of the benefit linkage as cadres make them, and what they see before they save."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.households.models import BenefitLink, Household, PoolMember, PoolPart, Producer
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_lot,
    make_offer,
    make_pool,
    make_producer,
    make_sku,
    make_user,
    make_village,
    place_paid,
)

pytestmark = pytest.mark.django_db
Cadre = Callable[[str], Client]
VILLAGE = "430212101001"
ADD = reverse("admin:households_benefitlink_add")
PREVIEW = reverse("admin:households_benefitlink_preview")
LIST = reverse("admin:households_benefitlink_changelist")


@pytest.fixture
def producer() -> Producer:
    """Sells a box of 2.5 kg at 39.90."""
    producer = make_producer(name="浦湾甜瓜专业合作社")
    make_sku(producer)
    return producer


@pytest.fixture
def client(cadre: Cadre) -> Client:
    return cadre(VILLAGE)


def typed(
    producer: Producer, mechanism: str, *parts: dict[str, object], **terms: object
) -> dict[str, object]:
    form: dict[str, object] = {
        "producer": producer.pk, "mechanism": mechanism, **terms,
        "parts-TOTAL_FORMS": len(parts), "parts-INITIAL_FORMS": 0,
    }  # fmt: skip
    for n, part in enumerate(parts):
        form |= {f"parts-{n}-{field}": value for field, value in part.items()}
    return form


def village_pool(*households: Household) -> list[dict[str, object]]:
    """30 % dividends, 30 % rewards, 20 % other households, 20 % the collective."""
    first, second, third = households
    return [
        {"name": "分红", "part_bp": 3000, "income_kind": "property",
         "members": f"{first.number} 2\n{second.number}\n"},
        {"name": "奖励", "part_bp": 3000, "income_kind": "transfer", "members": first.number},
        {"name": "其他", "part_bp": 2000, "income_kind": "property", "members": third.number},
        {"name": "集体", "part_bp": 2000, "collective": VILLAGE},
    ]  # fmt: skip


def errors_of(client: Client, form: dict[str, object]) -> dict[str, object]:
    page = client.post(ADD, form)
    assert page.status_code == 200
    assert not BenefitLink.objects.exists()
    errors: dict[str, object] = page.context["adminform"].form.errors
    return errors


def test_each_mechanism_states_its_own_terms(producer: Producer, client: Client) -> None:
    household = make_household()
    for form in (
        typed(producer, "purchase", price_per_kg="4.00"),
        typed(producer, "labour", household=household.pk, piece_rate="1.50"),
        typed(producer, "land", household=household.pk, share_bp=500),
        typed(producer, "production", household=household.pk, share_bp=600),
        typed(producer, "platform", share_bp=200),
    ):
        assert client.post(ADD, form).status_code == 302
    terms = BenefitLink.objects.order_by("id").values_list(
        "mechanism", "household", "share_bp", "rate_fen_per_kg", "rate_fen_per_unit"
    )
    assert list(terms) == [
        ("purchase", None, None, 400, None),
        ("labour", household.pk, None, None, 150),
        ("land", household.pk, 500, None, None),
        ("production", household.pk, 600, None, None),
        ("platform", None, 200, None, None),
    ]
    assert "每公斤 4.00 元" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("mechanism", "missing"),
    [
        ("purchase", {"price_per_kg"}),
        ("labour", {"household", "piece_rate"}),
        ("land", {"household", "share_bp"}),
        ("dividend", {"share_bp"}),
        ("platform", {"share_bp"}),
    ],
)
def test_a_term_that_is_missing_is_named(
    producer: Producer, client: Client, mechanism: str, missing: set[str]
) -> None:
    assert set(errors_of(client, typed(producer, mechanism))) == missing


def test_what_a_mechanism_does_not_state_is_left_out(producer: Producer, client: Client) -> None:
    form = typed(
        producer, "purchase", price_per_kg="4", household=make_household().pk, share_bp="x"
    )
    assert client.post(ADD, form).status_code == 302
    link = BenefitLink.objects.get()
    assert (link.household, link.share_bp, link.rate_fen_per_kg) == (None, None, 400)


def test_a_village_shares_a_pool_with_its_collective(producer: Producer, client: Client) -> None:
    households = [make_household() for _ in range(3)]
    form = typed(producer, "dividend", *village_pool(*households), share_bp=1000)
    assert client.post(ADD, form).status_code == 302
    parts = PoolPart.objects.order_by("id").values_list("name", "part_bp", "total_weight")
    assert list(parts) == [
        ("分红", 3000, 3),
        ("奖励", 3000, 1),
        ("其他", 2000, 1),
        ("集体", 2000, 0),
    ]
    assert list(PoolMember.objects.order_by("id").values_list("household", "weight"))[:2] == [
        (households[0].pk, 2), (households[1].pk, 1),
    ]  # fmt: skip
    page = client.get(
        reverse("admin:households_benefitlink_change", args=[BenefitLink.objects.get().pk])
    )
    assert "集体 20.00 %" in page.content.decode()


def test_the_parts_of_a_pool_make_up_the_whole_of_it(producer: Producer, client: Client) -> None:
    households = [make_household() for _ in range(3)]
    parts = village_pool(*households)[:3]
    for form in (
        typed(producer, "dividend", *parts, share_bp=1000),
        typed(producer, "dividend", share_bp=1000),
        typed(producer, "dividend", *parts, share_bp=1000, household=households[0].pk),
    ):
        page = client.post(ADD, form)
        [formset] = page.context["inline_admin_formsets"]
        assert formset.formset.non_form_errors()
        assert not BenefitLink.objects.exists()


def test_a_pool_names_households_of_the_region_once_each(
    producer: Producer, client: Client
) -> None:
    here, elsewhere = make_household(), make_household(village=make_village("430212102001"))
    for members in (
        elsewhere.number,
        "没有",
        f"{here.number}\n{here.number}",
        f"{here.number} 0",
        "",
    ):
        part = {"name": "分红", "part_bp": 10000, "income_kind": "property", "members": members}
        page = client.post(ADD, typed(producer, "dividend", part, share_bp=1000))
        [formset] = page.context["inline_admin_formsets"]
        assert set(formset.formset.errors[0]) == {"members"}
        assert not BenefitLink.objects.exists()


def test_a_rule_is_tried_on_every_package_before_it_is_saved(
    producer: Producer, client: Client
) -> None:
    make_link(producer, None, 200, mechanism="platform")
    page = client.post(PREVIEW, typed(producer, "purchase", price_per_kg="4.00"))
    [row] = page.context["preview"].packages
    assert (row.price_fen, row.paid_fen, row.others_fen, row.kept_fen) == (3990, 1000, 80, 2910)
    assert "39.90" in page.content.decode() and "10.00" in page.content.decode()
    assert BenefitLink.objects.count() == 1


def test_the_preview_of_a_pool_shows_its_parts(producer: Producer, client: Client) -> None:
    parts = village_pool(*(make_household() for _ in range(3)))
    page = client.post(PREVIEW, typed(producer, "dividend", *parts, share_bp=1000))
    [row] = page.context["preview"].packages
    assert row.groups == [("分红", 120), ("奖励", 119), ("其他", 80), ("集体", 80)]
    assert row.paid_fen == 399
    assert not BenefitLink.objects.exists()


def test_the_preview_says_what_is_missing_or_too_much(producer: Producer, client: Client) -> None:
    assert "收购价" in client.post(PREVIEW, typed(producer, "purchase")).content.decode()
    make_link(producer, make_household(), 9000)
    page = client.post(PREVIEW, typed(producer, "platform", share_bp=1001))
    assert page.context["preview"].excess_bp == 1
    page = client.post(PREVIEW, typed(producer, "purchase", price_per_kg="16.00"))
    assert [row.owed_fen for row in page.context["preview"].packages] == [10]


def test_the_page_of_a_rule_shows_what_the_posting_then_pays(
    producer: Producer, client: Client
) -> None:
    """The preview and the book agree, with every mechanism in force."""
    seller, worker, member = (make_household() for _ in range(3))
    make_link(producer, None, 200, mechanism="platform")
    make_link(producer, None, mechanism="purchase", rate_fen_per_kg=400)
    rule = make_link(producer, worker, mechanism="labour", rate_fen_per_unit=150)
    make_pool(producer, 1000, ("分红", 10_000, {member: 1}))
    sku = make_sku(producer)
    make_lot(sku.product, date(2026, 6, 26), {seller: 10_000})
    place_paid(make_user(), make_offer(sku=sku, price_fen=sku.list_price_fen))
    post_due_orders(now=NOW)
    page = client.get(reverse("admin:households_benefitlink_change", args=[rule.pk]))
    shown = next(row for row in page.context["preview"].packages if row.package == str(sku))
    assert shown.paid_fen == worker.totals.get().pending_fen == 150
    assert shown.kept_fen + shown.others_fen + shown.paid_fen == 3990
    households = sum(h.totals.get().pending_fen for h in (seller, worker, member))
    assert shown.others_fen + shown.paid_fen == households + 80


def test_a_cadre_of_another_village_meets_no_rule_of_this_one(
    producer: Producer, cadre: Cadre
) -> None:
    rule = make_link(producer, None, mechanism="purchase", rate_fen_per_kg=400)
    page = reverse("admin:households_benefitlink_change", args=[rule.pk])
    make_village("430212102001")
    assert cadre(VILLAGE).get(page).status_code == 200
    stranger = cadre("430212102001")
    assert stranger.get(page).status_code == 302
    assert stranger.get(LIST).context["cl"].result_count == 0


def test_orders_that_wait_for_a_lot_are_listed_with_what_to_do(
    producer: Producer, client: Client, cadre: Cadre
) -> None:
    make_link(producer, None, mechanism="purchase", rate_fen_per_kg=400)
    order = place_paid(make_user(), make_offer(sku=make_sku(producer)))
    post_due_orders(now=NOW)
    page = reverse("admin:aid_lotwait_changelist")
    text = client.get(page).content.decode()
    assert order.number in text and reverse("admin:catalog_harvestlot_add") in text
    make_village("430212102001")
    assert order.number not in cadre("430212102001").get(page).content.decode()
