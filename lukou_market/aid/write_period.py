"""The bytes of a period, the same from the same book; and the export made of them."""

from datetime import date

from lukou_market.aid.period_model import Period
from lukou_market.aid.period_rows import rows_of
from lukou_market.aid.verifier.verify_period import FORMAT, cut_off_of, line_of, seal, totals_of
from lukou_market.regions.models import Level, Region

# What each figure counts (口径). Part of the format: never translated, never changed within it.
BASIS = {
    "gross_fen": "销售额：本月付款的订单金额，按经营主体所在村、渠道；不等于农户收入",
    "received_fen": "已收货：本月确认收货的订单金额（扣除收货前退款）",
    "refunded_fen": "退款：本月退还买家的金额，不论订单何时付款",
    "sales_pending_fen": "待收货变动：本月付款减本月收货和收货前退款，可为负",
    "held_fen": "暂扣：筛查暂扣订单的付款金额增减，可为负；暂扣期间不计入其他各项，放行后补记",
    "credited_fen": "记入农户：本月收货订单按下单时有效的利益联结应得金额，按农户所在村",
    "reversed_fen": "冲回：本月退款从已记入农户的金额中冲回的部分，不论何时记入",
    "shares_pending_fen": "待记入变动：本月付款未收货订单中农户份额的增减，可为负，不计入帮扶成效",
    "paid_out_fen": "已发放：本月向农户发放的金额减退回的金额，可为负",
    "collective_fen": "村集体：本月记入村集体的金额减冲回，可为负",
    "platform_fen": "平台：本月平台所得减冲回，可为负",
    "amount_fen": "本月入账的全部分录，按标签和类别的金额",
    "transfers": "本月入账的全部分录，按标签和类别的笔数",
}


def write_period(*, month: date, previous_sha256: str) -> bytes:
    """The period without its last line: header, rows and totals, as the book stands now."""
    rows = rows_of(month)
    districts = Region.objects.filter(level=Level.DISTRICT).order_by("code")
    header = {
        "kind": "header",
        "format": FORMAT,
        "districts": list(districts.values_list("code", flat=True)),
        "month": f"{month:%Y-%m}",
        "cut_off": cut_off_of(f"{month:%Y-%m}"),
        "unit": "fen",
        "previous_sha256": previous_sha256,
        "rows": len(rows),
        "basis": BASIS,
    }
    return b"".join(map(line_of, [header, *rows, *totals_of(rows)]))


def export_period(period: Period) -> bytes:
    """The file of a prepared or signed period: always the same bytes."""
    content = bytes(period.content or b"")
    return content + seal(content)
