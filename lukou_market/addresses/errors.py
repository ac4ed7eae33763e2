"""Why an address is refused."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class PlaceUnclear(DomainError):
    code = "place_unclear"
    status = 400
    sentence = _("Please begin the address with province, city and county, or choose them.")
