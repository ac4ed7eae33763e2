"""The tree of district, towns and villages, told apart by their 12-digit division codes."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Left
from django.utils.translation import gettext_lazy as _

_CODE_DIGITS = {"district": 6, "town": 9, "village": 12}


class Level(models.TextChoices):
    """A region's place in the tree, and so a cadre's level."""

    DISTRICT = "district", _("District")
    TOWN = "town", _("Town")
    VILLAGE = "village", _("Village or community")


class Region(models.Model):
    """A district, town or village; a subtree is a prefix of the code, so scoping needs no join."""

    code = models.CharField(_("Division code"), primary_key=True, max_length=12)
    name = models.CharField(_("Name"), max_length=40)
    level = models.CharField(_("Level"), max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("Belongs to"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("Region")
        verbose_name_plural = _("Regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="region_code_digits", condition=Q(code__regex=r"^\d{12}$")),
            models.CheckConstraint(
                name="region_code_fits_level",
                condition=Q(level="district", code__endswith="000000", parent=None)
                | (
                    Q(level="town", code__endswith="000")
                    & Q(parent=Concat(Left("code", 6), Value("000000")))
                    & ~Q(code__endswith="000000")
                )
                | (
                    Q(level="village", parent=Concat(Left("code", 9), Value("000")))
                    & ~Q(code__endswith="000")
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Its name below those of the regions above it."""
        return f"{self.parent.path} {self.name}" if self.parent else self.name

    @property
    def subtree_prefix(self) -> str:
        """The leading digits that every region of this subtree shares."""
        return self.code[: _CODE_DIGITS[self.level]]
