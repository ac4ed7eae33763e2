"""Where photos of claims lie, and the links they are looked at by.

Below `settings.PRIVATE_DIR`, which no web server serves. A link is signed and ends soon; who
follows it must be signed in and concerned (`may_see_claim`).
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.urls import reverse

from lukou_market.fulfilment.claim_models import Claim, ClaimPhoto
from lukou_market.fulfilment.clean_photo import CleanPhoto

GRACE = timedelta(days=7)  # until a file without a row is nobody's
_SALT = "lukou_market.claim_photo"
_LINK_LASTS = timedelta(minutes=15)


def keep_photo(*, claim: Claim, photo: CleanPhoto) -> ClaimPhoto:
    """Write the file, then its row: what has a row has a file. `sweep_photos` sees to the rest."""
    row = ClaimPhoto(claim=claim, sha256=photo.sha256, width=photo.width, height=photo.height)
    path = photo_path(row)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(photo.jpeg)
    row.save()
    return row


def photo_path(photo: ClaimPhoto) -> Path:
    """Its file."""
    name = photo.key.hex
    return photos_dir() / name[:2] / f"{name}.jpg"


def photos_dir() -> Path:
    """Where they all are."""
    return Path(settings.PRIVATE_DIR) / "claims"


def photo_link(photo: ClaimPhoto) -> str:
    """An address that shows the photo for a quarter of an hour."""
    return reverse("claim-photo", args=[signing.dumps(photo.pk, salt=_SALT)])


def photo_by_link(signed: str) -> ClaimPhoto | None:
    """The photo of a link that we made and that has not ended."""
    try:
        photo_id = signing.loads(signed, salt=_SALT, max_age=_LINK_LASTS)
    except signing.BadSignature:
        return None
    photos = ClaimPhoto.objects.select_related("claim__refund__payment__order__session__host")
    return photos.filter(pk=photo_id).first()
