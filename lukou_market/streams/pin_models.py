"""What the host talked about, and when: a replay shows the offers at their moments."""

from django.db import models

from lukou_market.kernel.triggers import append_only


class PinChange(models.Model):
    """From `at` on this offer was pinned, or without one nothing was.

    Written by the trigger `live_session_pins_kept`, whoever pins.
    """

    session = models.ForeignKey("LiveSession", models.PROTECT, related_name="pin_changes")
    offer = models.ForeignKey("Offer", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        triggers = append_only("pin_change_kept")

    def __str__(self) -> str:
        return f"{self.session_id} {self.at:%H:%M:%S}"
