"""A buyer's address book."""

from datetime import timedelta

import pytest
from django.db import connection

from lukou_market.addresses.address_book import (
    MOST_KEPT,
    addresses_of,
    forget_address,
    keep_address,
)
from lukou_market.addresses.models import SavedAddress
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def keep(owner_id: int, street: str = "黄河北路 1 号", minutes: int = 0) -> SavedAddress:
    return keep_address(
        owner_id=owner_id, recipient="王小明", phone="13812345678", division="430211",
        street=street, now=NOW + timedelta(minutes=minutes),
    )  # fmt: skip


def test_an_address_used_again_is_kept_once_and_comes_first() -> None:
    buyer = make_user()
    first, _second = keep(buyer.pk), keep(buyer.pk, "别处", minutes=1)
    assert keep(buyer.pk, minutes=2).pk == first.pk
    assert [one.text for one in addresses_of(buyer.pk)] == [
        "湖南省株洲市天元区 黄河北路 1 号", "湖南省株洲市天元区 别处",
    ]  # fmt: skip


def test_the_one_used_longest_ago_makes_room() -> None:
    buyer = make_user()
    for number in range(MOST_KEPT + 1):
        keep(buyer.pk, f"{number} 号", minutes=number)
    streets = [one.street for one in addresses_of(buyer.pk)]
    assert len(streets) == MOST_KEPT and "0 号" not in streets


def test_nobody_reaches_anothers_address() -> None:
    mine, other = keep(make_user().pk), make_user()
    assert not addresses_of(other.pk).exists()
    forget_address(owner_id=other.pk, pk=mine.pk)
    assert SavedAddress.objects.filter(pk=mine.pk).exists()


def test_who_lives_where_is_encrypted() -> None:
    keep(make_user().pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT addresses_savedaddress::text FROM addresses_savedaddress")
        [(row,)] = cursor.fetchall()
    assert not any(word in row for word in ("王小明", "13812345678", "黄河北路"))
