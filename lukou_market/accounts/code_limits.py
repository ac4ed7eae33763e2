"""How often codes may be asked for: each text costs money and rings a phone."""

from django.conf import settings

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.phones import normal_phone
from lukou_market.kernel.hourly_limit import wait_s


def phone_wait_s(phone: str) -> int:
    """Count a code for `phone`; the seconds to wait first, 0 when one may be sent now."""
    try:
        phone = normal_phone(phone)
    except PhoneWrong:
        return 0  # no text will be sent
    return wait_s("codes:phone", phone, settings.SIGN_IN_CODES_PER_HOUR_PER_PHONE)


def address_wait_s(address: str) -> int:
    """Count a code asked for from a network `address`; the seconds to wait first, or 0."""
    return wait_s("codes:address", address, settings.SIGN_IN_CODES_PER_HOUR_PER_ADDRESS)
