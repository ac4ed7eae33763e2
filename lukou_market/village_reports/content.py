"""The bytes of a village's report: JSON lines written the way periods are, and read back."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from lukou_market.aid.parties import masked_heads
from lukou_market.aid.period_rows import rows_of
from lukou_market.aid.verifier.verify_period import ROWS, Record, cut_off_of, line_of, seal
from lukou_market.aid.write_period import BASIS
from lukou_market.households.models import Household, Producer
from lukou_market.regions.models import Region
from lukou_market.village_reports.models import VillageReport

FORMAT = "lukou-market-village-report/1"
KINDS = [kind for kind, (names, _) in ROWS.items() if "village" in names]
_FIGURES = [name for kind in KINDS for name in ROWS[kind][1]]


@dataclass(frozen=True)
class Content:
    """A report's figures; names are masked, amounts in fen."""

    header: Record
    rows: list[Record]
    registered: int
    covered: int
    producers: dict[str, str]
    heads: dict[str, str]
    remark: str

    def of_kind(self, kind: str) -> list[Record]:
        """The rows of producers, households, pay-outs or the collective."""
        return [row for row in self.rows if row["kind"] == kind]

    @cached_property
    def total(self) -> Counter[str]:
        """The sum of each figure over all rows, zero where there is none."""
        return total_of(self.rows)


def total_of(rows: Iterable[Record]) -> Counter[str]:
    """Each figure of a village's rows, summed."""
    total = Counter(dict.fromkeys(_FIGURES, 0))
    for row in rows:
        for name in ROWS[row["kind"]][1]:
            total[name] += row[name]
    return total


def write_content(
    *, village: Region, month: date, version: int, previous_sha256: str, remark: str
) -> bytes:
    """The report without its last line, as the book and the registers stand now."""
    rows = rows_of(month, village.code)
    town = village.parent
    header = {
        "kind": "header",
        "format": FORMAT,
        "village": village.code,
        "place": "".join(region.name for region in (town and town.parent, town, village) if region),
        "month": f"{month:%Y-%m}",
        "cut_off": cut_off_of(f"{month:%Y-%m}"),
        "version": version,
        "previous_sha256": previous_sha256,
        "unit": "fen",
        "rows": len(rows),
        "basis": {name: BASIS[name] for name in _FIGURES},
    }
    rest = [
        _people(village),
        _names(rows),
        {"kind": "remark", "text": remark},
        {"kind": "total", **total_of(rows)},
    ]
    return b"".join(map(line_of, [header, *rows, *rest]))


def content_of(report: VillageReport) -> Content:
    """What the report's bytes say."""
    records = [json.loads(line) for line in bytes(report.content).splitlines()]
    one: dict[str, Record] = {record["kind"]: record for record in records}
    return Content(
        header=records[0],
        rows=[record for record in records if record["kind"] in KINDS],
        registered=one["people"]["registered"],
        covered=one["people"]["covered"],
        producers=one["names"]["producers"],
        heads=one["names"]["heads"],
        remark=one["remark"]["text"],
    )


def export_report(report: VillageReport) -> bytes:
    """The file of a report: always the same bytes."""
    content = bytes(report.content)
    return content + seal(content)


def _people(village: Region) -> Record:
    registered = Household.objects.filter(village=village)
    return {
        "kind": "people",
        "registered": registered.count(),
        "covered": registered.filter(projects__isnull=False).distinct().count(),
    }


def _names(rows: Sequence[Record]) -> Record:
    producers = Producer.objects.in_bulk({row["producer"] for row in rows if "producer" in row})
    numbers = {row["household"] for row in rows if "household" in row}
    ids: dict[str, Any] = dict(
        Household.objects.filter(number__in=numbers).values_list("number", "id")
    )
    heads = masked_heads(ids.values())
    return {
        "kind": "names",
        "producers": {str(pk): producer.name for pk, producer in producers.items()},
        "heads": {number: heads.get(pk, "*") for number, pk in ids.items()},
    }
