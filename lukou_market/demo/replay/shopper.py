"""One buyer's way through the public HTTP API, from the sign-in code to the refund."""

import asyncio
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils import timezone

from lukou_market.accounts.sms_gateway import last_text
from lukou_market.demo.replay.http import Answer, Client, UnansweredError
from lukou_market.demo.replay.plan import WAVES, Buyer, Fate, Purchase
from lukou_market.demo.replay.room import Room

_COMES_EARLY_S = 6.0
_SIGN_IN_ATTEMPTS = 5
_LOOKS_FOR_PAYMENT = 40
_LATE_BY_S = 2.0
_REFUSED = 409
_SEEN = "paid", "packed", "shipped", "received"


class Shopper:
    """A buyer at work. `shop` and `stripe` reach the API and the payment page."""

    def __init__(self, buyer: Buyer, room: Room, *, shop: Client, stripe: Client) -> None:
        self._buyer, self._room, self._shop, self._stripe = buyer, room, shop, stripe
        self._token = ""

    async def live(self) -> None:
        """Come, sign in, look into the room, and do all that was planned."""
        first = WAVES[self._buyer.purchases[0].wave].at_s
        spread = int(self._buyer.phone[-2:]) / 100 * _COMES_EARLY_S
        await self._room.until(first - spread)
        await self._sign_in()
        await self._ask("GET", f"live-sessions/{self._room.session_id}/state/")
        await asyncio.gather(*(self._buy(purchase) for purchase in self._buyer.purchases))

    async def _buy(self, purchase: Purchase) -> None:
        await self._room.pinned[purchase.wave].wait()
        await asyncio.sleep(purchase.after_s)
        order = await self._order(purchase)
        self._room.ordered.tick()
        if order is not None:
            await self._settle(purchase, order)
        self._room.shopped.tick()
        if order is not None and await self._room.parcels.arrives(order["number"]):
            await self._receive(purchase, order)
        self._room.done.tick()

    async def _sign_in(self) -> None:
        """A code gets lost with Redis, or was used by a request whose answer was: ask again."""
        phone = {"phone": self._buyer.phone}
        for _ in range(_SIGN_IN_ATTEMPTS):
            await self._ask("POST", "auth/codes/", phone)
            text = await asyncio.to_thread(last_text, self._buyer.phone)
            if code := re.search(r"\d{6}", text or ""):
                body = {**phone, "code": code[0]}
                answer = await self._shop.insist("POST", "/api/v1/auth/tokens/", body=body)
                if answer.status == 200:
                    self._token = answer.json()["access"]
                    return
        raise UnansweredError(f"{self._buyer.phone} could not sign in")

    async def _order(self, purchase: Purchase) -> dict[str, Any] | None:
        offer = self._room.offers[WAVES[purchase.wave].sku]
        body = {
            "offer": offer["id"],
            "quantity": purchase.quantity,
            "shown_total_fen": offer["price_fen"] * purchase.quantity,
        }
        return await self._granted("orders/", body, {"Idempotency-Key": purchase.key})

    async def _settle(self, purchase: Purchase, order: dict[str, Any]) -> None:
        await asyncio.sleep(purchase.thinks_s)
        number = order["number"]
        if purchase.fate is Fate.CANCELS:
            await self._granted(f"orders/{number}/cancel/")
            return
        pages = [await self._checkout(number)]
        if purchase.fate is Fate.NEVER_PAYS:
            return
        if purchase.fate is Fate.PAYS_TWICE:
            pages.append(await self._checkout(number))
        if purchase.fate is Fate.PAYS_LATE:
            await _sleep_until(datetime.fromisoformat(order["pay_by"]))
        await asyncio.gather(*(self._pay(page, purchase.method) for page in pages if page))
        if purchase.fate is Fate.REGRETS and await self._sees_payment(number):
            await self._granted(f"orders/{number}/refunds/", {"note": "买错了"})

    async def _checkout(self, number: str) -> str:
        address = {
            "recipient": self._buyer.name,
            "phone": self._buyer.phone,
            "text": f"湖南省株洲市天元区黄河北路 {int(self._buyer.phone[-3:])} 号",
        }
        answer = await self._granted(f"orders/{number}/checkout/", {"address": address})
        return str(answer["checkout_url"]) if answer else ""

    async def _pay(self, page: str, method: str) -> None:
        # A page that has expired answers 410: the order was cancelled meanwhile.
        pressed = urlencode({"method": method, "payer": self._buyer.phone})
        await self._stripe.insist("POST", urlsplit(page).path, body=pressed)

    async def _sees_payment(self, number: str) -> bool:
        for _ in range(_LOOKS_FOR_PAYMENT):
            if (await self._look(number))["status"] in _SEEN:
                return True
            await asyncio.sleep(1.5)
        return False

    async def _receive(self, purchase: Purchase, order: dict[str, Any]) -> None:
        await asyncio.sleep(purchase.thinks_s)
        if not purchase.confirms:
            return
        number = order["number"]
        received = await self._granted(f"orders/{number}/receipt/")
        if received is not None and purchase.fate is Fate.COMPLAINS:
            part = {"amount_fen": order["total_fen"] // 4, "note": "有两个裂了"}
            await self._granted(f"orders/{number}/refunds/", part)

    async def _look(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self._ask("GET", f"orders/{number}/")).json()
        return found

    async def _granted(
        self, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any] | None:
        """What the shop answers to a POST, or None when it refuses with a reason."""
        answer = await self._ask("POST", path, body, headers)
        found: dict[str, Any] = answer.json()
        if answer.status != _REFUSED:
            return found
        self._room.refused[found["code"]] += 1
        return None

    async def _ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Raises UnansweredError for an answer that no buyer should ever get."""
        named = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        answer = await self._shop.insist(
            method, f"/api/v1/{path}", body=body, headers={**named, **(headers or {})}
        )
        if answer.status >= 400 and answer.status != _REFUSED:
            raise UnansweredError(f"{method} {path}: {answer.status} {answer.body.decode()}")
        return answer


async def _sleep_until(pay_by: datetime) -> None:
    left = (pay_by - timezone.now()).total_seconds()
    await asyncio.sleep(max(0.0, left) + _LATE_BY_S)
