"""The rules sales are screened by: each change is a new version, and none is ever edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import append_only
from lukou_market.regions.models import Region


class Rule(models.TextChoices):
    """What makes a sale look like wash trading (刷单) or self-dealing."""

    SHARED_PAYER = "shared_payer", _("One payer for many buyers")
    SHARED_DEVICE = "shared_device", _("One phone or computer for many buyers")
    SHARED_ADDRESS = "shared_address", _("One address for many buyers")
    RELATED = "related", _("Buyer is related to the sale")
    BURST = "burst", _("Burst before a deadline")
    LATE_REFUND = "late_refund", _("Refunds after the cut-off")
    NO_SCAN = "no_scan", _("No scan by the carrier")
    PRICE = "price", _("Price far above the market")
    FEW_VIEWERS = "few_viewers", _("More buyers than viewers")
    BY_HAND = "by_hand", _("Doubted by a cadre")


class ScreeningRule(models.Model):
    """One version of a rule: its parameters from `valid_from` on, in one district or in all.

    A district's own versions go before those for all. An empty `parameters` switches a rule off.
    """

    rule = models.CharField(_("Rule"), max_length=16, choices=Rule)
    district = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("District")
    )
    version = models.PositiveIntegerField(_("Version"))
    parameters = models.JSONField(_("Parameters"))
    valid_from = models.DateTimeField(_("Valid from"))
    reason = models.CharField(_("Reason"), max_length=200)
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Made by")
    )

    class Meta:
        verbose_name = _("Screening rule")
        verbose_name_plural = _("Screening rules")
        ordering = ["rule", "district", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="screening_rule_version",
                fields=["rule", "district", "version"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="screening_rule_reason", condition=Q(reason__regex=r"\S")),
        ]
        triggers = append_only("screening_rule_kept")

    def __str__(self) -> str:
        return f"{self.get_rule_display()} {self.version}"
