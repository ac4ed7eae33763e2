"""Short messages by way of Yunpian (云片): POST /v2/sms/single_send.json, one text to one phone.

Set SMS_GATEWAY to "lukou_market.accounts.yunpian.send". A text must fit a template that Yunpian has
approved, and begins with the signature (SMS_SIGNATURE) that it has registered.
"""

import json
import logging
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from lukou_market.accounts.errors import MessageNotSent

logger = logging.getLogger(__name__)

_PATIENCE_S = 5.0
_SENT = 0


def send(phone: str, text: str) -> None:
    """Hand one text to Yunpian. Raises MessageNotSent, when it refuses it or is away.

    Not tried again: a second text would cost again, and ends the code of the first.
    """
    form = {
        "apikey": settings.YUNPIAN_API_KEY,
        "mobile": phone,
        "text": f"【{settings.SMS_SIGNATURE}】{text}",
    }
    answer = _post(form)
    if answer.get("code") != _SENT:
        # Its number says why; its words may repeat the phone.
        logger.error("Yunpian refused a message: code %s", answer.get("code"))
        raise MessageNotSent


def _post(form: dict[str, str]) -> dict[str, Any]:
    request = Request(  # noqa: S310  # the address is a setting of ours
        f"{settings.YUNPIAN_API_BASE}/v2/sms/single_send.json",
        data=urlencode(form).encode(),
        headers={
            "Accept": "application/json;charset=utf-8",
            "Content-Type": "application/x-www-form-urlencoded;charset=utf-8",
        },
    )
    try:
        with urlopen(request, timeout=_PATIENCE_S) as response:  # noqa: S310
            return _json(response.read())
    except HTTPError as error:  # a refusal comes as 4xx, with the same body
        return _json(error.read())
    except (OSError, HTTPException) as error:
        logger.error("Yunpian does not answer: %s", type(error).__name__)
        raise MessageNotSent from error


def _json(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise MessageNotSent from error
    return answer if isinstance(answer, dict) else {}
