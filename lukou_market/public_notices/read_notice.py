"""A notice's content for pages and paper, from the frozen bytes alone."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from lukou_market.households.models import IncomeKind
from lukou_market.public_notices.models import PublicNotice

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A household's line: `kinds_fen` in the order of IncomeKind."""

    head: str
    household: str
    kinds_fen: list[int]
    credited_fen: int


@dataclass(frozen=True, slots=True)
class Content:
    """What hangs. `total` is None where too few households were credited."""

    header: Record
    rows: list[Row]
    total: Record | None
    total_kinds_fen: list[int]

    @property
    def object_until(self) -> date:
        """The last day of objections, included."""
        return date.fromisoformat(self.header["object_until"])

    @property
    def cut_off(self) -> str:
        """The moment up to which the book was read, as a person writes it."""
        return str(self.header["cut_off"])[:16].replace("T", " ")


def read_notice(notice: PublicNotice) -> Content:
    """The content of a posted notice."""
    return read_content(bytes(notice.content))


def read_content(content: bytes) -> Content:
    """The content of bytes that `write_notice` made."""
    header, *records = map(json.loads, content.splitlines())
    rows = [
        Row(record["head"], record["household"], _kinds(record), record["credited_fen"])
        for record in records
        if record["kind"] == "household"
    ]
    total = next((record for record in records if record["kind"] == "total"), None)
    return Content(header, rows, total, _kinds(total) if total else [])


def _kinds(record: Record) -> list[int]:
    return [record[f"{kind}_fen"] for kind in IncomeKind.values]
