"""What hosts type. Yuan become fen and kilograms grams by way of Decimal, never float."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lukou_market.catalog.models import Sku
from lukou_market.fulfilment.boxes import Boxes
from lukou_market.fulfilment.models import Carrier, Shipment
from lukou_market.kernel.money import yuan
from lukou_market.kernel.weight import kilograms
from lukou_market.streams.models import Host, LiveSession
from lukou_market.streams.offerable_skus import offerable_skus

_LARGEST_INT = 2**31 - 1
_FLASH_TIMES = [
    (30, _("30 seconds")),
    (60, _("1 minute")),
    (180, _("3 minutes")),
    (300, _("5 minutes")),
    (600, _("10 minutes")),
]
_LATE = timedelta(minutes=10)  # typing takes a while


def _local_time() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class SessionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the host's sessions, with its day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{timezone.localtime(obj.scheduled_at):%Y-%m-%d} · {obj}"


class ScheduleForm(forms.Form):
    """A stream to announce."""

    title = forms.CharField(
        label=_("Title"), help_text=_("What buyers see in the list"), max_length=60
    )
    scheduled_at = forms.DateTimeField(label=_("Starts"), widget=_local_time())
    like = SessionField(
        label=_("Sells what this one sold"),
        help_text=_("Packages, prices, quotas, limits and their order; no flash offers"),
        queryset=LiveSession.objects.none(),
        required=False,
        empty_label=_("nothing yet"),
    )

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = LiveSession.objects.filter(host=host)
        self.fields["like"].queryset = earlier  # type: ignore[attr-defined]

    def clean_scheduled_at(self) -> datetime:
        """A time that is not over yet."""
        starts: datetime = self.cleaned_data["scheduled_at"]
        if starts < timezone.now() - _LATE:
            raise forms.ValidationError(_("This time is over."))
        return starts


class SkuField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A package with its producer and list price."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.product.producer} · ¥{yuan(obj.list_price_fen)}"


class OfferForm(forms.Form):
    """A package to put on sale."""

    sku = SkuField(label=_("Package"), queryset=Sku.objects.none())
    price = forms.DecimalField(
        label=_("Price of a box (yuan)"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
    )
    quota = forms.IntegerField(label=_("Boxes on sale"), min_value=1, max_value=_LARGEST_INT)
    limit_per_buyer = forms.IntegerField(
        label=_("At most for each buyer"), min_value=1, max_value=9999, initial=5
    )
    opens_at = forms.DateTimeField(
        label=_("Opens"),
        help_text=_("Only for a flash offer"),
        required=False,
        widget=_local_time(),
    )
    closes_at = forms.DateTimeField(label=_("Closes"), required=False, widget=_local_time())

    def __init__(self, *args: Any, session: LiveSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sku"].queryset = skus_to_offer(session)  # type: ignore[attr-defined]

    def terms(self) -> dict[str, Any]:
        """The validated terms as `add_offer` takes them."""
        terms = dict(self.cleaned_data)
        return terms | {"price_fen": int(terms.pop("price") * 100)}


class FlashForm(forms.Form):
    """A flash offer that opens at once, for a package that the session sells anyway."""

    sku = SkuField(label=_("Package"), queryset=Sku.objects.none(), empty_label=None)
    price = forms.DecimalField(
        label=_("Flash price (yuan)"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
    )
    quota = forms.IntegerField(label=_("Boxes"), min_value=1, max_value=_LARGEST_INT)
    seconds = forms.TypedChoiceField(label=_("For"), choices=_FLASH_TIMES, coerce=int, initial=60)
    limit_per_buyer = forms.IntegerField(
        label=_("At most for each buyer"), min_value=1, max_value=9999, initial=1
    )

    def __init__(self, *args: Any, session: LiveSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sold = Sku.objects.filter(offer__session=session, offer__closes_at=None)
        skus = sold.select_related("product__producer").order_by("offer__position", "offer")
        self.fields["sku"].queryset = skus  # type: ignore[attr-defined]

    def terms(self) -> dict[str, Any]:
        """The validated terms as `start_flash_offer` takes them."""
        terms = dict(self.cleaned_data)
        return terms | {"price_fen": int(terms.pop("price") * 100)}


class PackForm(forms.Form):
    """What the scales say of a parcel, and which boxes are in it."""

    first_box = forms.IntegerField(
        min_value=1, max_value=_LARGEST_INT, required=False, widget=forms.HiddenInput
    )
    boxes = forms.IntegerField(
        label=_("Boxes in this parcel"), min_value=1, max_value=_LARGEST_INT, required=False
    )
    packed_kg = forms.DecimalField(
        label=_("Packed weight (kg)"),
        help_text=_("Without the carton. What is missing is given back to the buyer."),
        min_value=Decimal("0.001"),
        max_digits=8,
        decimal_places=3,
    )
    rest_stays = forms.BooleanField(
        label=_("No parcel comes after this one: the rest's money has gone back"), required=False
    )

    @classmethod
    def for_boxes(cls, boxes: Boxes, *, prefix: str, money_went_back: bool) -> "PackForm":
        """The form for what is left of an order, with the weight as ordered."""
        typed_kg = kilograms(boxes.weight_g).replace(",", "")
        initial = {"first_box": boxes.first, "boxes": boxes.count, "packed_kg": typed_kg}
        form = cls(initial=initial, auto_id=f"{prefix}-%s")
        if boxes.count == 1:
            form.fields["boxes"].widget = forms.HiddenInput()
        if boxes.count == 1 or not money_went_back:
            del form.fields["rest_stays"]
        return form

    def parcel(self) -> dict[str, Any]:
        """The validated parcel as `pack_order` takes it."""
        given = self.cleaned_data
        return {
            "first_box": given["first_box"] or 1,
            "boxes": given["boxes"],
            "packed_g": int(given["packed_kg"] * 1000),
            "rest_stays": given["rest_stays"],
        }


class ShipForm(forms.Form):
    """Who carries it, under which number."""

    first_box = forms.IntegerField(
        min_value=1, max_value=_LARGEST_INT, required=False, widget=forms.HiddenInput
    )
    carrier = forms.ChoiceField(label=_("Carrier"), choices=Carrier.choices)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=40)

    @classmethod
    def for_parcel(cls, parcel: Shipment) -> "ShipForm":
        """The form for one that is packed, with what was booked for it."""
        known = {"first_box": parcel.first_box, "tracking_number": parcel.tracking_number}
        if parcel.carrier:
            known["carrier"] = parcel.carrier
        return cls(initial=known, auto_id=f"{parcel.pk}-%s")

    def parcel(self) -> dict[str, Any]:
        """The validated step as `ship_order` takes it."""
        return {**self.cleaned_data, "first_box": self.cleaned_data["first_box"] or 1}


class BookForm(ShipForm):
    """Who is to carry it; the number is what the carrier answers."""

    tracking_number = None  # type: ignore[assignment]


def skus_to_offer(session: LiveSession) -> QuerySet[Sku]:
    """What the host may offer on the session's day and does not offer yet.

    A flash offer is no reason to leave a package out: it may be sold beside it.
    """
    offered = session.offers.filter(closes_at=None).values("sku")
    on = timezone.localdate(session.scheduled_at)
    return offerable_skus(session.host, on=on).exclude(pk__in=offered)
