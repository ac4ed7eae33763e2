"""Files of photos whose claim was never made: its transaction was rolled back."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from lukou_market.fulfilment.claim_models import ClaimPhoto
from lukou_market.fulfilment.keep_photo import GRACE, photos_dir

_AT_ONCE = 500


def sweep_photos(*, now: datetime) -> int:
    """Remove the files without a row that are older than `GRACE`; return how many.

    A claim takes seconds; the rest of the time is for whoever restores a database, which may
    know less than the disk for a while.
    """
    before = (now - GRACE).timestamp()
    files = [path for path in photos_dir().glob("*/*.jpg") if path.stat().st_mtime < before]
    return sum(_sweep(files[n : n + _AT_ONCE]) for n in range(0, len(files), _AT_ONCE))


def _sweep(files: list[Path]) -> int:
    keys = {UUID(hex=path.stem): path for path in files}
    kept = set(ClaimPhoto.objects.filter(key__in=keys).values_list("key", flat=True))
    orphans = [path for key, path in keys.items() if key not in kept]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
