"""The register's form for a benefit link: versions begin and end, none is rewritten."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSplitDateTimeWidget

from lukou_market.households.models import BenefitLink, Mechanism
from lukou_market.kernel.yuan_field import YuanField

# What each mechanism states; a dividend without a household is a pool, shared by its parts.
STATES: dict[str, tuple[str, ...]] = {
    Mechanism.PURCHASE: ("price_per_kg",),
    Mechanism.LABOUR: ("household", "piece_rate"),
    Mechanism.LAND: ("household", "share_bp"),
    Mechanism.PRODUCTION: ("household", "share_bp"),
    Mechanism.DIVIDEND: ("household", "share_bp"),
    Mechanism.PLATFORM: ("share_bp",),
}
_TERMS = ("household", "share_bp", "price_per_kg", "piece_rate")


def _moment(label: Any, help_text: Any) -> forms.SplitDateTimeField:
    return forms.SplitDateTimeField(
        label=label, help_text=help_text, required=False, widget=UnfoldAdminSplitDateTimeWidget
    )


def has_ended(link: BenefitLink, now: datetime) -> bool:
    """Whether the link is no longer in force, nor will be."""
    upper: datetime | None = link.in_force.upper
    return upper is not None and upper <= now


class BenefitLinkForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new version of a link, or the end of one.

    Nothing here reaches into the past: sales already made keep the shares they were made under.
    What the mechanism doesn't state is hidden on the page, and ignored.
    """

    price_per_kg = YuanField(
        label=_("Price per kg (yuan)"),
        help_text=_("Goes to the households of the lots that a sale draws on, by weight."),
        required=False,
        widget=UnfoldAdminDecimalFieldWidget,
    )
    piece_rate = YuanField(
        label=_("Piece rate (yuan)"),
        help_text=_("For each unit sold."),
        required=False,
        widget=UnfoldAdminDecimalFieldWidget,
    )
    starts_at = _moment(_("In force from"), _("Leave empty to start now."))
    ends_at = _moment(_("In force until"), _("Leave empty for no end."))

    class Meta:
        model = BenefitLink
        fields = ("producer", "mechanism", "household", "share_bp")
        help_texts = {
            "share_bp": _("100 basis points are one percent."),
            "household": _("A dividend without a household is a pool: state its parts below."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["ends_at"].initial = self.instance.in_force.upper

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when a term of the mechanism is missing, a moment lies in the
        past or the end before the start."""
        cleaned = super().clean() or self.cleaned_data
        now = timezone.now()
        if "mechanism" in cleaned:
            self._state_terms(cleaned)
        for field in ("starts_at", "ends_at"):
            if field in self.changed_data and cleaned.get(field) and cleaned[field] < now:
                self.add_error(field, _("This moment has passed. What was in force stays so."))
        if not self.errors:
            self._set_version(cleaned.get("starts_at") or now, cleaned.get("ends_at"))
        return cleaned

    def _state_terms(self, cleaned: dict[str, Any]) -> None:
        mechanism = cleaned["mechanism"]
        for term in _TERMS:
            if term not in STATES[mechanism]:
                cleaned[term] = None
                self.errors.pop(term, None)
            elif (term, mechanism) == ("household", Mechanism.DIVIDEND):
                continue
            elif cleaned.get(term) is None and term not in self.errors:
                self.add_error(term, _("This mechanism needs it."))
        self.instance.rate_fen_per_kg = cleaned.get("price_per_kg")
        self.instance.rate_fen_per_unit = cleaned.get("piece_rate")

    def _set_version(self, starts_at: datetime, ends_at: datetime | None) -> None:
        link = self.instance
        if link.pk:
            starts_at = link.in_force.lower
        else:
            same = {
                name: self.cleaned_data[name] for name in ("producer", "household", "mechanism")
            }
            versions = BenefitLink.objects.filter(**same)
            link.version = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
        if ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end comes after the start."))
            return
        link.in_force = DateTimeTZRange(starts_at, ends_at)
