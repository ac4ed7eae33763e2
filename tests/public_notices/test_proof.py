"""Photos of a posted notice: drawn again, of a day that can be, never removed."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from lukou_market.fulfilment.errors import PhotoNotRead
from lukou_market.kernel.personal_digits import PersonalDigits
from lukou_market.public_notices.add_proof import MOST_PHOTOS, add_proof
from lukou_market.public_notices.errors import EnoughPhotos, ProofDayWrong
from lukou_market.public_notices.models import PostingPhoto, PublicNotice
from tests.aid.months import IN_JULY
from tests.fulfilment.photos import photo
from tests.public_notices.conftest import Village

DAY = timedelta(days=1)


def prove(village: Village, notice: PublicNotice, **given: Any) -> PostingPhoto:
    data = given.pop("data", None) or photo()
    fields = {"caption": "村部公示栏", "taken_on": IN_JULY.date(), **given}
    return add_proof(
        notice=notice, photo=BytesIO(data), size=len(data), added_by=village.cadres.village,
        now=IN_JULY + DAY, **fields,
    )  # fmt: skip


def test_a_photo_is_drawn_again(village: Village, notice: PublicNotice) -> None:
    kept = prove(village, notice)
    with Image.open(BytesIO(bytes(kept.jpeg))) as image:
        assert image.format == "JPEG" and not image.getexif()
        assert image.size == (kept.width, kept.height)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"taken_on": IN_JULY.date() - DAY}, ProofDayWrong),
        ({"taken_on": IN_JULY.date() + 2 * DAY}, ProofDayWrong),
        ({"caption": "联系 13812345678"}, PersonalDigits),
        ({"data": b"no photo"}, PhotoNotRead),
    ],
)
def test_what_proves_nothing_is_refused(
    village: Village, notice: PublicNotice, given: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        prove(village, notice, **given)
    assert not PostingPhoto.objects.exists()


def test_some_photos_are_enough(village: Village, notice: PublicNotice) -> None:
    for _ in range(MOST_PHOTOS):
        prove(village, notice)
    with pytest.raises(EnoughPhotos):
        prove(village, notice)
    assert PostingPhoto.objects.count() == MOST_PHOTOS


def test_a_photo_stays(village: Village, notice: PublicNotice) -> None:
    kept = prove(village, notice)
    with pytest.raises(IntegrityError, match="posting_photo_kept"), transaction.atomic():
        kept.delete()
