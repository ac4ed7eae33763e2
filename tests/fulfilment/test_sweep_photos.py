"""Photos whose claim was rolled back go; those of claims stay."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lukou_market.fulfilment.claim_models import Claim, ClaimPhoto
from lukou_market.fulfilment.keep_photo import GRACE, keep_photo, photo_path
from lukou_market.fulfilment.sweep_photos import sweep_photos
from lukou_market.payments.models import Refund
from tests.factories import NOW
from tests.fulfilment.parcels import money_going_back, paid
from tests.fulfilment.photos import cleaned, photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def claim(db: None) -> Claim:
    money_going_back(paid(), status="requested")
    return Claim.objects.create(refund=Refund.objects.get(), spoiled_g=1, of_g=1, decide_by=NOW)


def written(claim: Claim, *, rolled_back: bool) -> Path:
    """The file of a photo that was written at NOW."""
    with transaction.atomic():
        path = photo_path(keep_photo(claim=claim, photo=cleaned(photo())))
        transaction.set_rollback(rolled_back)
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    return path


def test_a_file_without_its_row_goes_once_nobody_can_want_it(claim: Claim) -> None:
    kept, orphan = written(claim, rolled_back=False), written(claim, rolled_back=True)
    assert sweep_photos(now=NOW + GRACE) == 0 and orphan.exists()
    assert sweep_photos(now=NOW + GRACE + timedelta(seconds=1)) == 1
    assert kept.exists() and not orphan.exists()
    assert photo_path(ClaimPhoto.objects.get()) == kept


def test_without_any_photo_there_is_nothing_to_sweep() -> None:
    assert sweep_photos(now=NOW) == 0
