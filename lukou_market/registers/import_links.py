"""Benefit links (利益联结): a row is a version, from its day on; what was in force stays so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from lukou_market.households.link_form import STATES
from lukou_market.households.link_rules import WHOLE_BP
from lukou_market.households.models import BenefitLink, Household, Producer
from lukou_market.kernel.money import percent, yuan
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers import cells
from lukou_market.registers.plan import Change, FieldChange, Plan
from lukou_market.registers.sheet import Column, Row
from lukou_market.registers.words import MECHANISMS

PRODUCER, MECHANISM, NUMBER = "经营主体", "带贫机制", "户编号"
SHARE, PRICE, PIECE, STARTS, ENDS = (
    "分配比例（%）", "收购价（元/公斤）", "计件工价（元/件）", "生效日期", "终止日期",
)  # fmt: skip
COLUMNS = (
    Column(PRODUCER, cells.text(60)),
    Column(MECHANISM, cells.choice(MECHANISMS), words=tuple(MECHANISMS)),
    Column(NUMBER, cells.number(20), required=False, note="订单收购不填,其余必填"),
    Column(SHARE, cells.basis_points, required=False, note="土地流转、入股分红、自主生产填"),
    Column(PRICE, cells.fen, required=False, note="订单收购填"),
    Column(PIECE, cells.fen, required=False, note="务工填"),
    Column(STARTS, cells.day, note="今天或以后;过去的分配不改写"),
    Column(ENDS, cells.day, required=False, note="从这一天起不再分配;不填为长期"),
)
_TERMS = {NUMBER: "household", SHARE: "share_bp", PRICE: "price_per_kg", PIECE: "piece_rate"}


@dataclass(frozen=True, slots=True)
class _Stated:
    """A row whose producer and household are found."""

    row: Row
    producer: Producer
    household: Household | None

    @property
    def key(self) -> tuple[int, int | None, str]:
        """Which rule it is a version of."""
        return self.producer.pk, self.household.pk if self.household else None, self.row[MECHANISM]

    @property
    def terms(self) -> tuple[int | None, int | None, int | None]:
        """Share, price and piece rate."""
        return self.row[SHARE], self.row[PRICE], self.row[PIECE]


def plan_links(rows: Sequence[Row], place: Jurisdiction) -> Plan:
    """What the rows would add and end. Pools are made on their own page."""
    plan, today = Plan(), timezone.localdate()
    producers = {
        each.name: each
        for each in place.scope(Producer.objects.all(), "village_id").filter(
            name__in=[row[PRODUCER] for row in rows]
        )
    }
    homes = {
        each.number: each
        for each in place.scope(Household.objects.all(), "village_id").filter(
            number__in=[row[NUMBER] for row in rows if row[NUMBER]]
        )
    }
    versions = _versions(producers.values())
    shares = _Shares(versions)
    seen: dict[tuple[int, int | None, str], int] = {}
    for row in rows:
        stated = _stated(row, producers, homes, plan)
        if stated is None:
            continue
        if seen.setdefault(stated.key, row.number) != row.number:
            told = _("The same link as row %d. Import its versions one after the other.")
            plan.refuse(row.number, PRODUCER, told % seen[stated.key])
        else:
            _plan_version(plan, stated, versions.get(stated.key, []), today)
            shares.add(stated, versions.get(stated.key, []))
    if not plan.faults:
        shares.check(plan)
    return plan


class _Shares:
    """A producer's shares over time, as they would be: never more than the whole together."""

    def __init__(self, versions: dict[tuple[int, int | None, str], list[BenefitLink]]) -> None:
        self._spans = {
            link.pk: (link.producer_id, _day(link.in_force.lower), _day(link.in_force.upper), bp, 0)
            for links in versions.values()
            for link in links
            if (bp := link.share_bp)
        }
        self._stated: list[tuple[int, date | None, date | None, int, int]] = []

    def add(self, stated: _Stated, versions: Sequence[BenefitLink]) -> None:
        """Put the row's version in, in place of the one it follows or is."""
        row, bp = stated.row, stated.row[SHARE]
        if not bp:
            return
        if versions and (span := self._spans.pop(versions[-1].pk, None)):
            producer, starts, _ends, old_bp, _row = span
            if starts and starts < row[STARTS]:
                self._stated.append((producer, starts, row[STARTS], old_bp, row.number))
        self._stated.append((stated.producer.pk, row[STARTS], row[ENDS], bp, row.number))

    def check(self, plan: Plan) -> None:
        """Refuse each row that begins on a day when the shares exceed the whole."""
        spans = [*self._spans.values(), *self._stated]
        for producer, starts, _ends, _bp, row in self._stated:
            day = starts or date.min
            together = sum(
                bp
                for of, first, end, bp, _row in spans
                if of == producer and (first or day) <= day and (end is None or day < end)
            )
            if together > WHOLE_BP:
                told = _("The producer's shares would be %s percent together.")
                plan.refuse(row, SHARE, told % percent(together))


def _versions(
    producers: Iterable[Producer],
) -> dict[tuple[int, int | None, str], list[BenefitLink]]:
    found: dict[tuple[int, int | None, str], list[BenefitLink]] = {}
    for link in BenefitLink.objects.filter(producer__in=list(producers)).order_by("version"):
        found.setdefault((link.producer_id, link.household_id, link.mechanism), []).append(link)
    return found


def _stated(
    row: Row, producers: dict[str, Producer], homes: dict[str, Household], plan: Plan
) -> _Stated | None:
    faults = len(plan.faults)
    producer, home = producers.get(row[PRODUCER]), homes.get(row[NUMBER] or "")
    if producer is None:
        plan.refuse(row.number, PRODUCER, _("There is no such producer in your region."))
    if row[NUMBER] and home is None:
        plan.refuse(row.number, NUMBER, _("There is no such household in your region."))
    for title, term in _TERMS.items():
        if term in STATES[row[MECHANISM]] and row[title] is None:
            plan.refuse(row.number, title, _("This mechanism needs it."))
        if term not in STATES[row[MECHANISM]] and row[title] is not None:
            plan.refuse(row.number, title, _("This mechanism has none. Leave it empty."))
    if row[ENDS] and row[ENDS] <= row[STARTS]:
        plan.refuse(row.number, ENDS, _("The end comes after the start."))
    return _Stated(row, producer, home) if len(plan.faults) == faults and producer else None


def _plan_version(plan: Plan, stated: _Stated, versions: list[BenefitLink], today: date) -> None:
    row, name = stated.row, f"{stated.row[PRODUCER]} {stated.row[NUMBER] or ''}"
    last = versions[-1] if versions else None
    if last and _terms(last) == stated.terms and _day(last.in_force.lower) == row[STARTS]:
        _plan_end(plan, stated, last, name, today)
    elif row[STARTS] < today:
        plan.refuse(row.number, STARTS, _("This day has passed. What was in force stays so."))
    elif last and row[STARTS] <= (_day(last.in_force.lower) or today):
        plan.refuse(row.number, STARTS, _("A later version is registered already."))
    else:
        plan.changes.append(Change(row.number, name, True, _news(last, stated)))
        plan.writes.append(lambda by: _write_version(stated, last))


def _plan_end(plan: Plan, stated: _Stated, link: BenefitLink, name: str, today: date) -> None:
    before, after = _day(link.in_force.upper), stated.row[ENDS]
    if before == after:
        plan.changes.append(Change(stated.row.number, name))
        return
    if min(day for day in (before, after) if day) < today:
        plan.refuse(stated.row.number, ENDS, _("This day has passed. What was in force stays so."))
        return
    change = FieldChange(ENDS, str(before or ""), str(after or ""))
    plan.changes.append(Change(stated.row.number, name, False, (change,)))
    plan.writes.append(lambda by: _end(link, after))


def _news(last: BenefitLink | None, stated: _Stated) -> tuple[FieldChange, ...]:
    before = _said(_terms(last)) if last else _said((None, None, None))
    after = _said(stated.terms)
    return tuple(
        FieldChange(title, old, new)
        for title, old, new in zip((SHARE, PRICE, PIECE), before, after, strict=True)
        if old != new
    )


def _said(terms: tuple[int | None, int | None, int | None]) -> tuple[str, str, str]:
    share, price, piece = terms
    return (
        percent(share) if share else "",
        yuan(price) if price else "",
        yuan(piece) if piece else "",
    )


def _terms(link: BenefitLink) -> tuple[int | None, int | None, int | None]:
    return link.share_bp, link.rate_fen_per_kg, link.rate_fen_per_unit


def _write_version(stated: _Stated, last: BenefitLink | None) -> None:
    starts = _moment(stated.row[STARTS])
    if last and (last.in_force.upper is None or last.in_force.upper > starts):
        last.in_force = DateTimeTZRange(last.in_force.lower, starts)
        last.save(update_fields=["in_force"])
    BenefitLink.objects.create(
        producer=stated.producer,
        household=stated.household,
        mechanism=stated.row[MECHANISM],
        version=(last.version if last else 0) + 1,
        share_bp=stated.row[SHARE],
        rate_fen_per_kg=stated.row[PRICE],
        rate_fen_per_unit=stated.row[PIECE],
        in_force=DateTimeTZRange(starts, _moment(stated.row[ENDS]) if stated.row[ENDS] else None),
    )


def _end(link: BenefitLink, on: date | None) -> None:
    link.in_force = DateTimeTZRange(link.in_force.lower, _moment(on) if on else None)
    link.save(update_fields=["in_force"])


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _moment(day: date) -> datetime:
    """The beginning of the day; of today, now: what was sold this morning keeps its shares."""
    midnight = timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
    return max(midnight, timezone.now()) if day == timezone.localdate() else midnight
