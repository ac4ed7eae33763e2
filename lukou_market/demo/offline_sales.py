"""What offices send at the end of a week: direct sales in a spreadsheet, and one taken back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.orders.models import DirectSale
from lukou_market.regions.desk import desk_of_user
from lukou_market.registers.apply_import import apply_import
from lukou_market.registers.check_import import check_import
from lukou_market.registers.import_sales import (
    AMOUNT,
    BUYER,
    CHANNEL,
    COLUMNS,
    DAY,
    PRODUCER,
    PRODUCT,
    PROOF,
    RECEIPT,
    REVERSES,
    SKU,
    UNITS,
    WEIGHT,
)
from lukou_market.registers.kinds import KINDS
from lukou_market.registers.sheet import filled

_PEPPER = ("昭陵红薯粉合作社", "昭陵红薯粉", "5 斤装")
_PICKLES = ("李家村酱菜基地", "李家酱菜", "六瓶装")
_WATER = ("南塘山泉水有限公司", "南塘山泉水", "一箱 12 瓶")
_SALES = (
    ("GH-1101", "工会采购", "区教育工会", _PEPPER, 40, "100", "1960.00", "发票 24430001"),
    ("YS-0302", "预算单位采购", "区人民医院食堂", _PICKLES, 25, "45", "1450.00", "合同 2026-117"),
    ("832-90817", "832平台", "市第二中学", _PICKLES, 20, "36", "1160.00", "832 订单 90817"),
    ("XX-0006", "线下销售", "渌口大桥农贸市场", _WATER, 30, "198", "1080.00", "收据 0006"),
    ("XX-0007", "线下销售", "渌口大桥农贸市场", _WATER, 3, "19.8", "100.00", "收据 0007"),
)


def import_offline_sales(*, now: datetime) -> int:
    """Import a week's receipts, then reverse the last; how many sales are recorded."""
    if not DirectSale.objects.exists():
        yesterday = timezone.localdate(now) - timedelta(days=1)
        rows = [_row(sale, yesterday) for sale in _SALES]
        _import(rows, "线下及单位采购销售.xlsx", now)
        back = rows[-1] | {RECEIPT: "XX-0007C", REVERSES: rows[-1][RECEIPT], PROOF: "红字收据 0007"}
        _import([back], "冲销.xlsx", now)
    return DirectSale.objects.count()


def _row(
    sale: tuple[str, str, str, tuple[str, str, str], int, str, str, str], on: date
) -> dict[str, str]:
    receipt, channel, buyer, goods, units, weight, amount, proof = sale
    producer, product, sku = goods
    return {
        RECEIPT: receipt,
        DAY: on.isoformat(),
        CHANNEL: channel,
        BUYER: buyer,
        PRODUCER: producer,
        PRODUCT: product,
        SKU: sku,
        UNITS: str(units),
        WEIGHT: weight,
        AMOUNT: amount,
        PROOF: proof,
    }


def _import(rows: Sequence[Mapping[str, str]], file_name: str, now: datetime) -> None:
    clerk = User.objects.get(username="district")
    place, content = desk_of_user(clerk).jurisdiction, filled(COLUMNS, rows)
    seen = check_import(kind=KINDS["sales"], content=content, place=place)
    apply_import(
        kind=KINDS["sales"],
        content=content,
        file_name=file_name,
        place=place,
        seen_digest=seen.plan.digest,
        warnings_read=True,
        by=clerk,
        now=now,
    )
