"""Personal data is encrypted at rest and masked on screens."""

import pytest
from django.db import connection

from lukou_market.kernel.encryption import digest
from lukou_market.kernel.masking import mask_id_number, mask_name, mask_phone
from tests.factories import make_household, make_user


@pytest.mark.django_db
def test_the_database_never_holds_a_phone_name_or_id_number_in_clear() -> None:
    user = make_user(phone="13812345678")
    member = make_household(head="李大山").members.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_user WHERE id = %s", [user.pk])
        [[phone]] = cursor.fetchall()
        cursor.execute(
            "SELECT name, id_number FROM households_householdmember WHERE id = %s", [member.pk]
        )
        [[name, id_number]] = cursor.fetchall()
    assert "13812345678" not in phone
    assert "李大山" not in name
    assert member.id_number not in id_number
    member.refresh_from_db()
    user.refresh_from_db()
    assert (user.phone, member.name) == ("13812345678", "李大山")


def test_equal_values_have_equal_digests_and_others_do_not() -> None:
    assert digest("13812345678") == digest("13812345678") != digest("13812345679")


def test_masks_leave_no_more_than_needed() -> None:
    assert mask_name("王小明") == "王**"
    assert mask_name("李") == "李*"
    assert mask_phone("13812345678") == "138****5678"
    assert mask_id_number("430212197001011234") == "430212***********4"
    assert mask_phone("") == "****"
