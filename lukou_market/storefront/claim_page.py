"""The page for spoiled goods: how much, why, and photos."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lukou_market.fulfilment.clean_photo import CleanPhoto, clean_photo
from lukou_market.fulfilment.make_claim import MOST_PHOTOS, make_claim, sent_weight_g
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.money import yuan
from lukou_market.kernel.weight import JIN_G
from lukou_market.storefront.buyer_request import BuyerRequest
from lukou_market.storefront.my_orders import order_or_404


class _Photos(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to `MOST_PHOTOS` files; what comes out has been drawn again."""

    widget = _Photos(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Sequence[CleanPhoto]:
        """The photos. Raises ValidationError with the sentence of what is wrong with them."""
        files = data if isinstance(data, list) else [data] if data else []
        files = [super(PhotosField, self).clean(file, initial) for file in files or [None]]
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("At most %(most)s photos.") % {"most": MOST_PHOTOS})
        try:
            return [clean_photo(file, size=file.size) for file in files]
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ClaimForm(forms.Form):
    """What came spoiled."""

    spoiled_jin = forms.DecimalField(
        label=gettext_lazy("Spoiled weight (jin)"),
        help_text=gettext_lazy("1 jin is half a kilogram"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )
    photos = PhotosField(
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("One to four photos that show what is spoiled"),
    )
    note = forms.CharField(
        label=gettext_lazy("What is wrong"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def claim(self) -> dict[str, Any]:
        """The validated claim as `make_claim` takes it."""
        given = dict(self.cleaned_data)
        return given | {"spoiled_g": int(given.pop("spoiled_jin") * JIN_G)}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Show the form, or take it; the price is worked out here, never sent by the page."""
    buyer_id = cast(BuyerRequest, request).user.pk
    order = order_or_404(buyer_id, number)
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_claim(buyer_id=buyer_id, number=number, now=timezone.now(), **form.claim())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            amount = yuan(made.refund.amount_fen)
            sent = _("Sent. You get ¥%(amount)s when it is granted.") % {"amount": amount}
            messages.success(request, sent)
            return redirect("storefront:order", number=number)
    context = {"order": order, "form": form, "sent_g": sent_weight_g(order)}
    return render(request, "storefront/claim.html", context)
