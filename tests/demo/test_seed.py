"""The sample district has the figures of the article it follows."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Sum
from pytest_django import DjangoDbBlocker

from lukou_market.catalog.models import LotSupply
from lukou_market.demo.next_stream import TITLE
from lukou_market.demo.puwan import puwan_session
from lukou_market.demo.seed import seed_demo
from lukou_market.households.models import (
    AidProject,
    BenefitLink,
    Farmer,
    Household,
    HouseholdMember,
    Mechanism,
    PoolMember,
    PoolPart,
    Producer,
)
from lukou_market.regions.models import Region
from lukou_market.streams.models import LiveSession

NOW = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def district(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Built once for all tests of this file, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_demo(now=NOW)
        with connection.cursor() as cursor:  # autovacuum sees nothing of it, and plans go astray
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_sample_has_the_articles_figures() -> None:
    regions = dict(Region.objects.values_list("level").annotate(Count("pk")).order_by())
    projects = dict(AidProject.objects.values_list("level").annotate(Count("pk")).order_by())
    covered = Household.objects.filter(projects__isnull=False).distinct()
    people = HouseholdMember.objects.filter(household__in=covered).count()
    assert regions == {"district": 1, "town": 8, "village": 139}
    assert (projects["key"], projects["district"]) == (3, 5)
    assert projects["town"] + projects["village"] == 108
    assert (covered.count(), people) == (2_925, 8_857)
    assert round(1000 * people / HouseholdMember.objects.count()) == 906


@pytest.mark.django_db
def test_all_who_are_able_and_willing_are_covered() -> None:
    assert not Household.objects.filter(able_and_willing=True, projects=None).exists()


@pytest.mark.django_db
def test_every_project_covers_somebody() -> None:
    assert not AidProject.objects.filter(households=None).exists()


@pytest.mark.django_db
def test_every_household_has_one_head() -> None:
    heads = HouseholdMember.objects.filter(relation="head")
    assert heads.count() == Household.objects.count()


@pytest.mark.django_db
def test_the_cooperative_pays_sixty_households_in_every_way() -> None:
    links = BenefitLink.objects.filter(producer__name="浦湾甜瓜专业合作社")
    in_force = links.filter(in_force__contains=NOW)
    assert set(in_force.values_list("mechanism", flat=True)) == set(Mechanism.values)
    linked = set(in_force.exclude(household=None).values_list("household", flat=True))
    linked |= set(PoolMember.objects.values_list("household", flat=True))
    linked |= set(Farmer.objects.values_list("member__household", flat=True))
    assert len(linked) == 60
    assert links.filter(version=2, in_force__contains=NOW).count() == 1


@pytest.mark.django_db
def test_the_village_shares_its_pool_with_the_collective_too() -> None:
    parts = PoolPart.objects.order_by("id")
    assert list(parts.values_list("part_bp", flat=True)) == [3000, 3000, 2000, 2000]
    assert parts.get(collective__isnull=False).collective == Region.objects.get(name="浦湾村")


@pytest.mark.django_db
def test_each_linked_household_lives_in_its_producers_village() -> None:
    assert Producer.objects.filter(links=None).count() == 0
    elsewhere = BenefitLink.objects.exclude(household=None).exclude(
        household__village=F("producer__village")
    )
    assert not elsewhere.exists()


@pytest.mark.django_db
def test_farmers_brought_enough_melons_for_the_stream() -> None:
    picked_g = LotSupply.objects.aggregate(Sum("weight_g"))["weight_g__sum"]
    offered_g = sum(
        offer.quota * offer.sku.weight_g for offer in puwan_session().offers.select_related("sku")
    )
    assert 3_500_000 <= offered_g <= picked_g


@pytest.mark.django_db
def test_seeding_again_changes_nothing() -> None:
    assert seed_demo(now=NOW) is False
    assert Household.objects.count() == 3_337


@pytest.mark.django_db
def test_a_stream_is_still_to_come_with_offers_to_try() -> None:
    session = LiveSession.objects.get(title=TITLE)
    assert (session.status, session.scheduled_at > NOW) == ("scheduled", True)
    assert session.offers.count() == 3
