"""What was imported into the registers, by whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import append_only
from lukou_market.registers import history_models

__all__ = ["ImportRun", "history_models"]


class ImportRun(models.Model):
    """An import that was confirmed and written, whole. The file itself isn't kept.

    `scope` is what the importing person's regions have in common, as a prefix of codes.
    """

    class Kind(models.TextChoices):
        HOUSEHOLDS = "households", _("Households and members")
        PRODUCERS = "producers", _("Producers")
        LINKS = "links", _("Benefit links")
        PROJECTS = "projects", _("Aid projects")
        SALES = "sales", _("Offline, union, budget-unit and 832 sales")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    file_name = models.CharField(_("File"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    scope = models.CharField(max_length=12, blank=True)
    imported_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Imported by")
    )
    imported_at = models.DateTimeField(_("Imported at"))
    new = models.PositiveIntegerField(_("New"))
    changed = models.PositiveIntegerField(_("Changed"))
    same = models.PositiveIntegerField(_("The same"))

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_changed_something", condition=Q(new__gt=0) | Q(changed__gt=0)
            ),
            models.CheckConstraint(
                name="import_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = append_only("import_kept")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.imported_at:%Y-%m-%d %H:%M}"
