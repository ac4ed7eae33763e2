"""The sample district's target, 76.38 million yuan, shared among its towns by their villages.

One is left to approve, so that the first page has something to show the second cadre.
"""

from datetime import datetime

from django.db.models import Count

from lukou_market.accounts.models import User
from lukou_market.kernel.money import split_by_weights
from lukou_market.regions.models import Level, Region
from lukou_market.reports.set_target import approve_target, propose_target

DISTRICT_TARGET_FEN = 76_380_000_00


def propose_targets(*, now: datetime) -> None:
    """The district's and its towns' for this year; the last town's waits for approval."""
    one, other = (User.objects.get(username=name) for name in ("district", "district2"))
    district = Region.objects.get(level=Level.DISTRICT)
    towns = list(Region.objects.filter(level=Level.TOWN).annotate(villages=Count("children")))
    shares = split_by_weights(DISTRICT_TARGET_FEN, [town.villages for town in towns])
    wanted = [(district, DISTRICT_TARGET_FEN), *zip(towns, shares, strict=True)]
    for region, fen in wanted:
        target = propose_target(region=region, year=now.year, target_fen=fen, by=one, now=now)
        if region != towns[-1]:
            approve_target(target_id=target.pk, by=other, now=now)
