"""What sending costs in the sample district, and a union's voucher to try."""

from datetime import datetime, timedelta

from lukou_market.orders.models import ShippingRate, Voucher

VOUCHER = "GH2026"
_ISLANDS = {"71": "台湾", "81": "香港", "82": "澳门"}


def create_charges(*, now: datetime) -> None:
    """Free on the mainland, nothing beyond it; the union takes 5 yuan off 30."""
    ShippingRate.objects.create(prefix="", name="全国包邮")
    ShippingRate.objects.bulk_create(
        ShippingRate(prefix=prefix, name=f"{name}暂不配送", delivered=False)
        for prefix, name in _ISLANDS.items()
    )
    Voucher.objects.create(
        code=VOUCHER,
        name="消费帮扶券",
        issued_by="区总工会",
        off_fen=500,
        min_goods_fen=3000,
        per_member=2,
        budget_fen=1_000_000,
        valid_from=now,
        valid_until=now + timedelta(days=365),
    )
