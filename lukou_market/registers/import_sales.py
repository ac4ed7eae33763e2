"""Direct sales: offline, to unions and budget units, on the 832 platform; and their reversals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lukou_market.accounts.models import User
from lukou_market.catalog.models import Sku
from lukou_market.kernel.money import yuan
from lukou_market.kernel.spreadsheet import Fault
from lukou_market.kernel.weight import kilograms
from lukou_market.orders.models import DirectReversal, DirectSale, Order, OrderLine
from lukou_market.orders.record_direct_sales import SoldDirectly, record_direct_sales
from lukou_market.orders.reverse_direct_sale import reverse_direct_sale
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers import cells
from lukou_market.registers.plan import Change, Plan
from lukou_market.registers.sheet import Column, Row
from lukou_market.registers.words import CHANNELS, said

RECEIPT, DAY, CHANNEL, BUYER = "单据号", "销售日期", "渠道", "购买单位"
PRODUCER, PRODUCT, SKU, UNITS = "经营主体", "产品", "规格", "件数"
WEIGHT, AMOUNT, PROOF, REVERSES = "重量（公斤）", "金额（元）", "发票或合同号", "冲销的单据号"
COLUMNS = (
    Column(RECEIPT, cells.number(40), note="每张单据一行,全区不重复"),
    Column(DAY, cells.day),
    Column(CHANNEL, cells.choice(CHANNELS), words=tuple(CHANNELS)),
    Column(BUYER, cells.text(60)),
    Column(PRODUCER, cells.text(60)),
    Column(PRODUCT, cells.text(60)),
    Column(SKU, cells.text(40)),
    Column(UNITS, cells.whole(1, 1_000_000)),
    Column(WEIGHT, cells.grams),
    Column(AMOUNT, cells.fen),
    Column(PROOF, cells.text(60)),
    Column(
        REVERSES, cells.number(40), required=False,
        note="冲销时填被冲销的单据号,其余各列照原单据填写",
    ),
)  # fmt: skip
_FACTS = (CHANNEL, BUYER, PRODUCER, PRODUCT, SKU, UNITS, WEIGHT, AMOUNT)
_TOLERATED = 10  # a tenth more or less than the packages' own weight is nothing to ask about


@dataclass(slots=True)
class _Known:
    """What is recorded of the receipts, producers and days of a file."""

    skus: dict[tuple[str, str, str], Sku]
    sales: dict[str, DirectSale]
    reversals: dict[str, DirectReversal]
    orders: set[str]
    alike: set[tuple[int, date, int, int]]
    seen: dict[str, int] = field(default_factory=dict)
    seen_alike: dict[tuple[int, date, int, int], int] = field(default_factory=dict)
    reversed_now: dict[str, int] = field(default_factory=dict)


def plan_sales(rows: Sequence[Row], place: Jurisdiction) -> Plan:
    """What the rows would record. A receipt is never changed: it is reversed and written anew."""
    plan, known, sold = Plan(), _look_up(rows, place), list[SoldDirectly]()
    for row in rows:
        sku = _sku(row, known, plan)
        if known.seen.setdefault(row[RECEIPT], row.number) != row.number:
            told = _("The same receipt number as in row %d.") % known.seen[row[RECEIPT]]
            plan.refuse(row.number, RECEIPT, told)
        elif row[DAY] > timezone.localdate():
            plan.refuse(row.number, DAY, _("This day is still to come."))
        elif sku is None:
            continue
        elif row[REVERSES]:
            _plan_reversal(plan, row, sku, known)
        else:
            _plan_sale(plan, row, sku, known, sold)
    if sold:
        plan.writes.insert(0, lambda by: record_direct_sales(sales=sold, by=by, now=timezone.now()))
    return plan


def _sku(row: Row, known: _Known, plan: Plan) -> Sku | None:
    """The package, of a producer of the person's region."""
    sku = known.skus.get((row[PRODUCER], row[PRODUCT], row[SKU]))
    if sku is None:
        if not any(producer == row[PRODUCER] for producer, _, _ in known.skus):
            plan.refuse(row.number, PRODUCER, _("There is no such producer in your region."))
        else:
            plan.refuse(row.number, SKU, _("The producer has no such product and package."))
    return sku


def _plan_sale(plan: Plan, row: Row, sku: Sku, known: _Known, sold: list[SoldDirectly]) -> None:
    name = f"{row[RECEIPT]} {row[PRODUCER]} {kilograms(row[WEIGHT])} kg ¥{yuan(row[AMOUNT])}"
    before = known.sales.get(row[RECEIPT])
    if before:
        if _facts_of(before) == _facts(row, sku):
            plan.changes.append(Change(row.number, name))
        else:
            told = _("This receipt is recorded with other figures. Reverse it, then enter it anew.")
            plan.refuse(row.number, RECEIPT, told)
        return
    if row[RECEIPT] in known.reversals or row[RECEIPT] in known.orders:
        plan.refuse(row.number, RECEIPT, _("This number is that of an order or a reversal."))
        return
    _warn(plan, row, sku, known)
    plan.changes.append(Change(row.number, name, True))
    sold.append(
        SoldDirectly(
            receipt_number=row[RECEIPT],
            sold_on=row[DAY],
            channel=row[CHANNEL],
            buyer_name=row[BUYER],
            sku=sku,
            quantity=row[UNITS],
            weight_g=row[WEIGHT],
            total_fen=row[AMOUNT],
            proof=row[PROOF],
        )
    )


def _warn(plan: Plan, row: Row, sku: Sku, known: _Known) -> None:
    key = (sku.product.producer_id, row[DAY], row[WEIGHT], row[AMOUNT])
    if key in known.alike:
        told = _("A sale of this producer, day, weight and amount is recorded already.")
        plan.warnings.append(Fault(row.number, AMOUNT, told))
    if known.seen_alike.setdefault(key, row.number) != row.number:
        told = _("The same producer, day, weight and amount as in row %d.")
        plan.warnings.append(Fault(row.number, AMOUNT, told % known.seen_alike[key]))
    stated_g = sku.weight_g * row[UNITS]
    if abs(row[WEIGHT] - stated_g) * _TOLERATED > stated_g:
        told = _("By its packages it would weigh %s kg.") % kilograms(stated_g)
        plan.warnings.append(Fault(row.number, WEIGHT, told))


def _plan_reversal(plan: Plan, row: Row, sku: Sku, known: _Known) -> None:
    name = f"{row[RECEIPT]} ← {row[REVERSES]} ¥-{yuan(row[AMOUNT])}"
    sale, before = known.sales.get(row[REVERSES]), known.reversals.get(row[RECEIPT])
    if before and sale and before.sale_id == sale.pk:
        plan.changes.append(Change(row.number, name))
    elif before or row[RECEIPT] in known.sales or row[RECEIPT] in known.orders:
        plan.refuse(row.number, RECEIPT, _("This number is that of another receipt."))
    elif sale is None:
        plan.refuse(row.number, REVERSES, _("There is no such receipt. Import the sale first."))
    elif _facts_of(sale)[1:] != _facts(row, sku)[1:]:
        plan.refuse(row.number, REVERSES, _("Its figures differ from the receipt it reverses."))
    elif hasattr(sale, "reversal") or row[REVERSES] in known.reversed_now:
        plan.refuse(row.number, REVERSES, _("This sale is reversed already."))
    elif row[DAY] < sale.sold_on:
        plan.refuse(row.number, DAY, _("A reversal can't be earlier than its sale."))
    else:
        known.reversed_now[row[REVERSES]] = row.number
        plan.changes.append(Change(row.number, name, True))
        plan.writes.append(lambda by: _reverse(sale, row, by))


def _reverse(sale: DirectSale, row: Row, by: User) -> None:
    reverse_direct_sale(
        sale=sale, receipt_number=row[RECEIPT], on=row[DAY], proof=row[PROOF], by=by,
        now=timezone.now(),
    )  # fmt: skip


def _facts(row: Row, sku: Sku) -> tuple[object, ...]:
    return (row[DAY], row[CHANNEL], row[BUYER], sku.pk, row[UNITS], row[WEIGHT], row[AMOUNT])


def _facts_of(sale: DirectSale) -> tuple[object, ...]:
    lines = list(sale.order.lines.all())
    return (
        sale.sold_on, sale.order.channel, sale.buyer_name, lines[0].sku_id,
        sum(line.quantity for line in lines), sum(line.weight_g for line in lines),
        sale.order.total_fen,
    )  # fmt: skip


def _look_up(rows: Sequence[Row], place: Jurisdiction) -> _Known:
    receipts = {row[RECEIPT] for row in rows} | {row[REVERSES] for row in rows if row[REVERSES]}
    skus = Sku.objects.filter(product__producer__name__in={row[PRODUCER] for row in rows})
    skus = place.scope(skus, "product__producer__village_id").select_related("product__producer")
    sales = DirectSale.objects.filter(receipt_number__in=receipts).select_related(
        "order", "reversal"
    )
    reversals = DirectReversal.objects.filter(receipt_number__in=receipts)
    return _Known(
        skus={(sku.product.producer.name, sku.product.name, sku.name): sku for sku in skus},
        sales={s.receipt_number: s for s in sales.prefetch_related("order__lines")},
        reversals={reversal.receipt_number: reversal for reversal in reversals},
        orders=set(Order.objects.filter(number__in=receipts).values_list("number", flat=True)),
        alike=_alike(rows, {sku.product.producer_id for sku in skus}),
    )


def _alike(rows: Sequence[Row], producers: set[int]) -> set[tuple[int, date, int, int]]:
    """Producer, day, weight and amount of what is recorded, in whatever channel."""
    if not rows:
        return set()
    amounts = {row[AMOUNT] for row in rows}
    days = [row[DAY] for row in rows]
    lines = OrderLine.objects.filter(
        Q(order__placed_at__date__gte=min(days) - timedelta(days=1)),
        Q(order__placed_at__date__lte=max(days) + timedelta(days=1)),
        producer__in=producers,
        total_fen__in=amounts,
        order__paid_at__isnull=False,
        order__refunded_fen=0,
    ).select_related("order")
    return {
        (line.producer_id, timezone.localdate(line.order.placed_at), line.weight_g, line.total_fen)
        for line in lines[:10_000]
    }


def stored_sales(place: Jurisdiction) -> list[dict[str, str]]:
    """The direct sales of a jurisdiction as rows of their spreadsheet, reversals left out."""
    sales = DirectSale.objects.select_related("order").order_by("id")
    rows = []
    for sale in sales.prefetch_related("order__lines__sku__product__producer"):
        lines = list(sale.order.lines.all())
        product = lines[0].sku.product
        if place.covers(product.producer.village_id):
            rows.append(
                {
                    RECEIPT: sale.receipt_number,
                    DAY: sale.sold_on.isoformat(),
                    CHANNEL: said(CHANNELS, sale.order.channel),
                    BUYER: sale.buyer_name,
                    PRODUCER: product.producer.name,
                    PRODUCT: product.name,
                    SKU: lines[0].sku.name,
                    UNITS: str(sum(line.quantity for line in lines)),
                    WEIGHT: kilograms(sum(line.weight_g for line in lines)).replace(",", ""),
                    AMOUNT: yuan(sale.order.total_fen).replace(",", ""),
                    PROOF: sale.proof,
                }
            )
    return rows
