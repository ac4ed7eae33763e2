"""How many watched, minute by minute."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import never_removed, refusal

_COUNT_UP = pgtrigger.Trigger(
    name="session_minute_counts_up",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
        IF NEW.watching < OLD.watching OR NEW.watched_s < OLD.watched_s OR NEW.arrived < OLD.arrived
           OR (NEW.session_id, NEW.minute) <> (OLD.session_id, OLD.minute) THEN
            {refusal("session_minute_counts_up", "an audience is never made smaller")}
        END IF;
        RETURN NEW;
    """,
)


class SessionMinute(models.Model):
    """A minute of a session: the most who watched at once, seconds watched by all, new people."""

    session = models.ForeignKey("LiveSession", models.PROTECT, related_name="minutes")
    minute = models.DateTimeField(_("Minute"))
    watching = models.PositiveIntegerField(_("Watching at once"), default=0)
    watched_s = models.PositiveBigIntegerField(_("Watched (s)"), default=0)
    arrived = models.PositiveIntegerField(_("New viewers"), default=0)

    class Meta:
        ordering = ["minute"]
        constraints = [
            models.UniqueConstraint(name="session_minute_once", fields=["session", "minute"]),
            models.CheckConstraint(name="session_minute_whole", condition=Q(minute__second=0)),
            models.CheckConstraint(
                name="session_minute_watched_by_somebody",
                condition=Q(watched_s__lte=F("watching") * 60),
            ),
        ]
        triggers = [_COUNT_UP, *never_removed("session_minute_stays")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.minute:%H:%M}"
