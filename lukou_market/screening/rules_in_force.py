"""Which version of each rule holds, and what a rule may be told."""

from datetime import UTC, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.screening.models import Rule, ScreeningRule

FIRST: dict[Rule, dict[str, int]] = {
    Rule.SHARED_PAYER: {"buyers": 4, "days": 30},
    Rule.SHARED_DEVICE: {"buyers": 5, "days": 30},
    Rule.SHARED_ADDRESS: {"others": 5, "buyers": 20, "days": 30},
    Rule.RELATED: {"from_fen": 0},
    Rule.BURST: {
        "days": 3, "orders": 30, "times": 5, "history_days": 60, "viewers_per_buyer": 3,
    },
    Rule.LATE_REFUND: {"days_before": 5, "days_after": 10, "orders": 5, "share_percent": 30},
    Rule.NO_SCAN: {"days": 5},
    Rule.PRICE: {"times": 3, "orders": 10},
    Rule.FEW_VIEWERS: {"buyers": 20, "viewers_per_hundred_buyers": 100},
    Rule.BY_HAND: {},
}  # fmt: skip
"""What the rules begin with, in every district."""

PARAMETERS = {
    "buyers": _("different buyers, at least"),
    "others": _("or buyers who name somebody else's phone, at least"),
    "days": _("within days"),
    "from_fen": _("sales from this amount on (fen)"),
    "orders": _("orders, at least"),
    "times": _("times as much as usual, at least"),
    "history_days": _("days of the village's own history"),
    "viewers_per_buyer": _("explained by so many viewers per buyer"),
    "days_before": _("sold within the month's last days"),
    "days_after": _("given back within days after the month"),
    "share_percent": _("of what was sold in these days, at least (%)"),
    "viewers_per_hundred_buyers": _("viewers per hundred buyers, at least"),
}

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def rules_in_force(*, district: str, now: datetime) -> dict[Rule, ScreeningRule]:
    """Each rule's version at `now` in the district with this 12-digit code."""
    _begin()
    versions = ScreeningRule.objects.filter(
        Q(district=None) | Q(district=district), valid_from__lte=now
    )
    # The last one wins: versions for all districts come first, then the district's own.
    ordered = sorted(versions, key=lambda row: (row.district_id is not None, row.version))
    return {Rule(row.rule): row for row in ordered}


def _begin() -> None:
    """The first versions stand there from the beginning."""
    if ScreeningRule.objects.filter(district=None, version=1).count() < len(FIRST):
        ScreeningRule.objects.bulk_create(
            (
                ScreeningRule(
                    rule=rule, version=1, parameters=parameters, valid_from=_BEGINNING,
                    reason="初始参数",
                )
                for rule, parameters in FIRST.items()
            ),
            ignore_conflicts=True,
        )  # fmt: skip
