"""Wrong passwords, counted by the name typed and the address it came from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PasswordTries(models.Model):
    """Tries since `since`. The name typed is a digest: it may be a password in the wrong field."""

    name_digest = models.CharField(max_length=64, editable=False)
    address = models.CharField(_("Network address"), max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("User"),
    )
    """Whose name it is, if it is anybody's."""
    failures = models.PositiveIntegerField(_("Wrong passwords"))
    since = models.DateTimeField(_("Since"), db_index=True)
    locked_until = models.DateTimeField(_("Locked until"), null=True)

    class Meta:
        verbose_name = _("Sign-in lock")
        verbose_name_plural = _("Sign-in locks")
        constraints = [
            models.UniqueConstraint(
                name="password_tries_by_name_and_address", fields=["name_digest", "address"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.user or '?'} {self.address}"
