"""Forms of what is charged at the checkout: amounts are typed in yuan."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from lukou_market.kernel.yuan_field import YuanField
from lukou_market.orders.models import ShippingRate, Voucher


def _yuan(label: Promise, **kwargs: Any) -> YuanField:
    return YuanField(label=label, widget=UnfoldAdminDecimalFieldWidget, **kwargs)


class ShippingRateForm(forms.ModelForm):  # type: ignore[type-arg]
    """What sending costs; an empty limit means never free."""

    first_fen = _yuan(_("First weight (yuan)"), min_fen=0, initial=0)
    step_fen = _yuan(_("Each further weight (yuan)"), min_fen=0, initial=0)
    free_from_fen = _yuan(_("Free from (yuan)"), min_fen=0, required=False)

    class Meta:
        model = ShippingRate
        exclude: ClassVar[tuple[str, ...]] = ()


class VoucherForm(forms.ModelForm):  # type: ignore[type-arg]
    """A union's voucher."""

    off_fen = _yuan(_("Off (yuan)"))
    min_goods_fen = _yuan(_("From goods worth (yuan)"))
    budget_fen = _yuan(_("Money of the union (yuan)"))

    class Meta:
        model = Voucher
        exclude: ClassVar[tuple[str, ...]] = ()
