"""Photos of the notice on the village's board."""

from datetime import date, datetime
from typing import IO

from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.fulfilment.clean_photo import clean_photo
from lukou_market.kernel.personal_digits import refuse_personal_digits
from lukou_market.public_notices.errors import EnoughPhotos, ProofDayWrong
from lukou_market.public_notices.models import PostingPhoto, PublicNotice

MOST_PHOTOS = 6


def add_proof(
    *,
    notice: PublicNotice,
    photo: IO[bytes],
    size: int,
    caption: str,
    taken_on: date,
    added_by: User,
    now: datetime,
) -> PostingPhoto:
    """Keep the photo, drawn again without what its file told of its place and maker.

    Raises PhotoTooLarge, PhotoNotRead, PersonalDigits, ProofDayWrong and EnoughPhotos.
    """
    refuse_personal_digits(caption)
    if not timezone.localdate(notice.posted_at) <= taken_on <= timezone.localdate(now):
        raise ProofDayWrong
    if notice.photos.count() >= MOST_PHOTOS:
        raise EnoughPhotos
    cleaned = clean_photo(photo, size=size)
    return PostingPhoto.objects.create(
        notice=notice,
        jpeg=cleaned.jpeg,
        sha256=cleaned.sha256,
        width=cleaned.width,
        height=cleaned.height,
        caption=caption.strip(),
        taken_on=taken_on,
        added_by=added_by,
        added_at=now,
    )
