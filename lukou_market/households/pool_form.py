"""The register's form for the parts of a dividend pool: groups of households, or a collective."""

import re
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from lukou_market.households.link_rules import WHOLE_BP
from lukou_market.households.models import BenefitLink, Household, PoolMember, PoolPart

_MEMBER = re.compile(r"(\S+)(?:\s+(\d{1,6}))?")


class PoolPartForm(forms.ModelForm):  # type: ignore[type-arg]
    """One part: either a village, or the households that share it, one on each line."""

    reachable: ClassVar[QuerySet[Household]] = Household.objects.all()
    """The households that whoever fills it in may name."""

    members = forms.CharField(
        label=_("Households"),
        help_text=_("A household number on each line; its weight after a space if not 1."),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )

    class Meta:
        model = PoolPart
        fields = ("name", "part_bp", "income_kind", "collective")

    def clean_members(self) -> dict[Household, int]:
        """Weights by household. Raises ValidationError for a number that is not registered."""
        weights: dict[str, int] = {}
        for text in self.cleaned_data["members"].splitlines():
            if not (line := text.strip()):
                continue
            found = _MEMBER.fullmatch(line)
            weight = int(found[2] or 1) if found else 0
            if found is None or not weight or found[1] in weights:
                raise forms.ValidationError(_("This line says no household once: %s") % line)
            weights[found[1]] = weight
        households = {row.number: row for row in self.reachable.filter(number__in=weights)}
        if unknown := sorted(weights.keys() - households.keys()):
            raise forms.ValidationError(
                _("No such household in your region: %s") % ", ".join(unknown)
            )
        return {households[number]: weight for number, weight in weights.items()}

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError unless the part is for somebody."""
        cleaned = super().clean() or self.cleaned_data
        members, collective = cleaned.get("members"), cleaned.get("collective")
        if "members" not in self.errors and bool(members) == bool(collective):
            self.add_error("members", _("A part is for households or for a collective."))
        if not collective and not cleaned.get("income_kind"):
            self.add_error("income_kind", _("Say what income it is to the households."))
        self.instance.total_weight = sum((members or {}).values())
        return cleaned

    def save(self, commit: bool = True) -> PoolPart:
        """The part with its households; to a collective it is no income of theirs."""
        if self.instance.collective_id:
            self.instance.income_kind = ""
        part: PoolPart = super().save(commit)
        if commit:
            PoolMember.objects.bulk_create(
                PoolMember(part=part, household=household, weight=weight)
                for household, weight in self.cleaned_data["members"].items()
            )
        return part


class PoolFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """The parts of a pool: they make up the whole of it."""

    instance: BenefitLink

    def clean(self) -> None:
        """Raises ValidationError unless a pool's parts sum to the whole, and others have none."""
        super().clean()
        if any(self.errors):
            return
        parts = self.stated()
        if self.instance.is_pool and sum(part.part_bp for part in parts) != WHOLE_BP:
            raise forms.ValidationError(_("The parts of a pool sum to 10,000 basis points."))
        if parts and not self.instance.is_pool:
            raise forms.ValidationError(_("Only a dividend without a household has parts."))

    def stated(self) -> list[PoolPart]:
        """The parts typed in, unsaved."""
        return [form.instance for form in self.forms if form.has_changed() and form.is_valid()]
