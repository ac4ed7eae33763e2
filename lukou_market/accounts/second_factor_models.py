"""What staff prove themselves with beside the password: an authenticator app, ten paper codes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.encryption import EncryptedTextField


class StaffDevice(models.Model):
    """A person's authenticator app: its secret, and which codes it has given already."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="second_factor",
        verbose_name=_("User"),
    )
    key = EncryptedTextField(_("Key"), editable=False)
    """Base32, as people type it into their app."""
    confirmed_at = models.DateTimeField(_("Confirmed at"), null=True)
    last_step = models.BigIntegerField(default=-1, editable=False)
    """The half minute whose code was last accepted: no code up to it is accepted again."""
    drift_steps = models.SmallIntegerField(default=0, editable=False)
    """By how many half minutes the phone's clock differs from ours."""
    failures = models.PositiveIntegerField(default=0, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("Second factor")
        verbose_name_plural = _("Second factors")
        constraints = [
            models.CheckConstraint(
                name="staff_device_drift", condition=Q(drift_steps__gte=-10, drift_steps__lte=10)
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """One code on paper, for once; only its digest is kept."""

    device = models.ForeignKey(StaffDevice, models.CASCADE, related_name="recovery_codes")
    code_digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recovery_code_once", fields=["device", "code_digest"])
        ]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"
