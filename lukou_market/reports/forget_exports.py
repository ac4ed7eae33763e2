"""Files of exports are kept for a week; their rows stay, so that papers can be verified."""

from datetime import datetime

from lukou_market.reports.export_models import KEPT, Export
from lukou_market.reports.run_exports import exports_dir


def forget_exports(*, now: datetime) -> int:
    """Remove the files that are too old, and those that nobody knows; return how many."""
    old = Export.objects.filter(asked_at__lt=now - KEPT).exclude(path="")
    names = list(old.values_list("path", flat=True))
    for name in names:
        (exports_dir() / name).unlink(missing_ok=True)
    old.filter(path__in=names).update(path="")
    return len(names) + _sweep(now)


def _sweep(now: datetime) -> int:
    """What a worker left that died while it wrote."""
    before = (now - KEPT).timestamp()
    files = {path.name: path for path in exports_dir().glob("*") if path.stat().st_mtime < before}
    known = set(Export.objects.filter(path__in=files).values_list("path", flat=True))
    for name in files.keys() - known:
        files[name].unlink(missing_ok=True)
    return len(files.keys() - known)
