"""Work a report out and write it as a file; what it says is hashed on the way."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Protocol

from lukou_market.reports.catalogue import REPORTS
from lukou_market.reports.display import Display
from lukou_market.reports.export_errors import ExportTooLong
from lukou_market.reports.export_models import Export
from lukou_market.reports.heading import Heading, heading_of, titles_of
from lukou_market.reports.kinds import FileFormat, Kind
from lukou_market.reports.sheet import Row, Sheet
from lukou_market.reports.write_csv import write_csv
from lukou_market.reports.write_paper import write_paper
from lukou_market.reports.write_xlsx import write_xlsx

MOST_ROWS = {FileFormat.XLSX: 200_000, FileFormat.CSV: 200_000, FileFormat.PDF: 5_000}
_TELL_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows the file has, and what it and its content are known by."""

    rows: int
    content_sha256: str
    file_sha256: str


class Writer(Protocol):
    """Writes an export's file; `tell` is told from time to time how many rows are done."""

    def __call__(
        self, export: Export, path: Path, *, now: datetime, tell: Callable[[int], None]
    ) -> Written: ...


def write_export(
    export: Export, path: Path, *, now: datetime, tell: Callable[[int], None]
) -> Written:
    """Write the file; `tell` is told from time to time how many rows are done.

    Raises ExportTooLong.
    """
    kind, file_format = Kind(export.kind), FileFormat(export.file_format)
    sheet = REPORTS[kind].ask(export.question)
    heading = heading_of(kind, export.question, sheet, export.display, as_of=now)
    content = _Content(heading, sheet, export.display)
    counted = _counted(sheet.rows, MOST_ROWS[file_format], content, tell)
    if file_format is FileFormat.PDF:
        # The hash stands on the paper, so everything is read before the first page is drawn.
        rows = list(counted)
        write_paper(
            path, heading, sheet, rows, export.display, content_sha256=content.sha256(sheet)
        )
    elif file_format is FileFormat.XLSX:
        write_xlsx(path, heading, sheet, counted, export.display)
    else:
        write_csv(path, heading, sheet, counted, export.display)
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Written(content.rows, content.sha256(sheet), digest)


class _Content:
    """The hash of title, lines, columns, rows and totals, each as one line of JSON."""

    def __init__(self, heading: Heading, sheet: Sheet, display: Display) -> None:
        self.rows = 0
        self._hash = sha256()
        self._add([heading.title, *heading.lines])
        self._add(titles_of(sheet, display))

    def add(self, row: Row) -> None:
        self.rows += 1
        self._add(list(row.cells))

    def sha256(self, sheet: Sheet) -> str:
        whole = self._hash.copy()
        whole.update(_line([*sheet.totals, *sheet.before]))
        return whole.hexdigest()

    def _add(self, texts: list[Any]) -> None:
        self._hash.update(_line(texts))


def _line(texts: list[Any]) -> bytes:
    return json.dumps(texts, ensure_ascii=False).encode() + b"\n"


def _counted(
    rows: Iterable[Row], most: int, content: _Content, tell: Callable[[int], None]
) -> Iterator[Row]:
    for row in rows:
        content.add(row)
        if content.rows > most:
            raise ExportTooLong(most=most)
        if content.rows % _TELL_EVERY == 0:
            tell(content.rows)
        yield row
