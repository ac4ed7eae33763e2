"""The one door short messages leave through, chosen by settings.SMS_GATEWAY.

"console" prints the text; any other value is the dotted path of a function
`(phone: str, text: str) -> None` that hands it to a provider, and raises MessageNotSent.
`lukou_market.accounts.yunpian.send` is one.
"""

import logging

from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string

from lukou_market.kernel.encryption import digest
from lukou_market.kernel.masking import mask_phone

logger = logging.getLogger(__name__)

CONSOLE = "console"
_KEPT_S = 300


def send_sms(phone: str, text: str) -> None:
    """Send `text` to an 11-digit `phone`. Not to be called inside a transaction.

    Raises MessageNotSent.
    """
    logger.info("SMS to %s", mask_phone(phone))
    if settings.SMS_GATEWAY == CONSOLE:
        _print(phone, text)
    else:
        import_string(settings.SMS_GATEWAY)(phone, text)


def _print(phone: str, text: str) -> None:
    print(f"SMS {mask_phone(phone)}: {text}", flush=True)
    cache.set(_cache_key(phone), text, _KEPT_S)


def last_text(phone: str) -> str | None:
    """What the console gateway "sent" to an 11-digit `phone` within five minutes.

    So that the demonstration and tests can read the phone. Kept in Django's cache under
    `sms:<digest of the phone>`; any other gateway keeps nothing.
    """
    return cache.get(_cache_key(phone)) if settings.SMS_GATEWAY == CONSOLE else None


def _cache_key(phone: str) -> str:
    return f"sms:{digest(phone)}"
