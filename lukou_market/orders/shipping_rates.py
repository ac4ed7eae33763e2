"""What sending costs to many places: the rates, read once."""

from lukou_market.orders.errors import NotDelivered
from lukou_market.orders.models import ShippingRate


class ShippingRates:
    """All rates as they are now. Of those that fit a place the one of the longest prefix counts."""

    def __init__(self) -> None:
        self._by_prefix = {rate.prefix: rate for rate in ShippingRate.objects.all()}

    def fen_for(self, *, division: str, weight_g: int, goods_fen: int) -> int:
        """The price in fen of one parcel to the division; 0 without a rate. Raises NotDelivered."""
        rate = self._of(division)
        if rate is None:
            return 0
        if not rate.delivered:
            raise NotDelivered(division=division)
        return rate.fen_for(weight_g=weight_g, goods_fen=goods_fen)

    def delivers_to(self, division: str) -> bool:
        """Whether anything is sent there."""
        rate = self._of(division)
        return rate is None or rate.delivered

    def _of(self, division: str) -> ShippingRate | None:
        fitting = (self._by_prefix.get(division[:end]) for end in (6, 4, 2, 0))
        return next((rate for rate in fitting if rate is not None), None)
