"""How often people tried to order: the step between looking and buying."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import never_removed, refusal
from lukou_market.streams.models import Offer

_COUNT_UP = pgtrigger.Trigger(
    name="offer_taps_count_up",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
        IF NEW.taps < OLD.taps OR (NEW.offer_id, NEW.minute) <> (OLD.offer_id, OLD.minute) THEN
            {refusal("offer_taps_count_up", "taps only grow")}
        END IF;
        RETURN NEW;
    """,
)


class OfferTaps(models.Model):
    """Tries to order an offer within a minute, granted or refused; they only count up."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="taps", db_index=False)
    minute = models.DateTimeField(_("Minute"))
    taps = models.PositiveIntegerField(_("Taps"))

    class Meta:
        ordering = ["minute"]
        constraints = [
            models.UniqueConstraint(name="offer_taps_once", fields=["offer", "minute"]),
            models.CheckConstraint(name="offer_taps_whole_minute", condition=Q(minute__second=0)),
            models.CheckConstraint(name="offer_taps_positive", condition=Q(taps__gt=0)),
        ]
        triggers = [_COUNT_UP, *never_removed("offer_taps_stay")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.minute:%H:%M}"
