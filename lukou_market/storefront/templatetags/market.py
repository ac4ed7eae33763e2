"""Amounts and words in templates: fen as yuan, grams as kilograms or 斤, phones masked."""

from django import template

from lukou_market.fulfilment.keep_photo import photo_link
from lukou_market.households.models import Mechanism
from lukou_market.kernel.masking import mask_phone, mask_shown_name
from lukou_market.kernel.money import percent, yuan
from lukou_market.kernel.weight import jin, kilograms

register = template.Library()
register.filter("yuan", yuan)
register.filter("percent", percent)
register.filter("kilograms", kilograms)
register.filter("jin", jin)
register.filter("mask_phone", mask_phone)
register.filter("photo_link", photo_link)
register.filter("mask_shown_name", mask_shown_name)


@register.filter
def thousands(number: int) -> str:
    """1234 as 1,234, as amounts and weights are written."""
    return f"{number:,}"


@register.filter
def mechanism(code: str) -> str:
    """A mechanism's code as its label; the producer's own part has none."""
    return str(Mechanism(code).label) if code else ""
