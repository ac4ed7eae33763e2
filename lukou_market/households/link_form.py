"""The register's form for a benefit link: versions begin and end, none is rewritten."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSplitDateTimeWidget

from lukou_market.households.models import BenefitLink


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
    """

    starts_at = _moment(_("In force from"), _("Leave empty to start now."))
    ends_at = _moment(_("In force until"), _("Leave empty for no end."))

    class Meta:
        model = BenefitLink
        fields = ("producer", "household", "mechanism", "share_bp")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["ends_at"].initial = self.instance.in_force.upper

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when a moment lies in the past or the end before the start."""
        cleaned = super().clean() or self.cleaned_data
        now = timezone.now()
        for field in ("starts_at", "ends_at"):
            if field in self.changed_data and cleaned.get(field) and cleaned[field] < now:
                self.add_error(field, _("This moment has passed. What was in force stays so."))
        if not self.errors:
            self._set_version(cleaned.get("starts_at") or now, cleaned.get("ends_at"))
        return cleaned

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
