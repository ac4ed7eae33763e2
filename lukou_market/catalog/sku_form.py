"""The form for a package: its list price is typed in yuan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from lukou_market.catalog.models import Sku
from lukou_market.kernel.yuan_field import YuanField


class SkuForm(forms.ModelForm):  # type: ignore[type-arg]
    """A package of a product."""

    list_price = YuanField(label=_("List price (yuan)"), widget=UnfoldAdminDecimalFieldWidget)

    class Meta:
        model = Sku
        exclude = ("list_price_fen",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "list_price" in self.fields:
            self.fields["list_price"].initial = self.instance.list_price_fen

    def save(self, commit: bool = True) -> Sku:
        self.instance.list_price_fen = self.cleaned_data["list_price"]
        saved: Sku = super().save(commit)
        return saved
