"""Who signed in, looked at personal data, printed or exported, signed: written once, for good."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import append_only


class Action(models.TextChoices):
    """What somebody did."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("Sign-in refused")
    LOCKED_OUT = "locked_out", _("Locked out")
    SIGNED_OUT = "signed_out", _("Signed out")
    LOOKED = "looked", _("Looked at personal data")
    PRINTED = "printed", _("Printed")
    EXPORTED = "exported", _("Exported")
    SIGNED = "signed", _("Signed")
    CLEARED = "cleared", _("Cleared")


class AccessRecord(models.Model):
    """One thing somebody did; the time is the database's."""

    at = models.DateTimeField(_("Time"), db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("Person"),
    )
    action = models.CharField(_("Action"), max_length=16, choices=Action)
    subject = models.CharField(_("Subject"), max_length=200)
    region_code = models.CharField(_("Region"), max_length=12, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Access record")
        verbose_name_plural = _("Access log")
        ordering = ["-id"]
        indexes = [
            models.Index(name="access_record_at", fields=["at"]),
            models.Index(name="access_record_actor", fields=["actor", "-id"]),
            models.Index(name="access_record_action", fields=["action", "-id"]),
            models.Index(name="access_record_region", fields=["region_code", "-id"]),
            models.Index(
                name="access_record_subject", fields=["subject"], opclasses=["text_pattern_ops"]
            ),
        ]
        constraints = [
            models.CheckConstraint(name="access_record_named", condition=Q(subject__regex=r"\S")),
            models.CheckConstraint(
                name="access_record_region_code",
                condition=Q(region_code="") | Q(region_code__regex=r"^\d{12}$"),
            ),
            models.CheckConstraint(
                name="access_record_look_has_reason",
                condition=~Q(action="looked") | Q(reason__regex=r"\S"),
            ),
        ]
        triggers = append_only("access_record_kept")

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject}"
