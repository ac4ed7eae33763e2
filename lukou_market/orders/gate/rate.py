"""How often a buyer may tap: `OrdersPerBuyer` of the API, kept in this process."""

import time
from array import array

_PERIOD_S = 60.0


class BuyerRate:
    """At most `per_minute` requests of a buyer in any minute."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._taps: dict[int, array[float]] = {}
        self._sweep_at = 0.0

    def wait_s(self, buyer_id: int) -> float:
        """Count a tap; 0, or the seconds until the buyer may tap again."""
        now = time.monotonic()
        if now >= self._sweep_at:
            self._sweep(now)
        taps = self._taps.get(buyer_id)
        if taps is None:
            # An array is nothing to the garbage collector, however many buyers come.
            self._taps[buyer_id] = array("d", (now,))
            return 0
        while taps and taps[0] <= now - _PERIOD_S:
            taps.pop(0)
        if len(taps) >= self._per_minute:
            return taps[0] + _PERIOD_S - now
        taps.append(now)
        return 0

    def _sweep(self, now: float) -> None:
        """Forget who has not tapped for a minute."""
        self._sweep_at = now + _PERIOD_S
        idle = [buyer for buyer, taps in self._taps.items() if taps[-1] <= now - _PERIOD_S]
        for buyer in idle:
            del self._taps[buyer]
