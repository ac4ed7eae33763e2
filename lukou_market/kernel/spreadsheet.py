"""Spreadsheets that people fill in: opened with care, and what is wrong with them, cell by cell."""

from dataclasses import dataclass
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES_UNPACKED = 40_000_000


class NoSpreadsheetError(Exception):
    """The file is no XLSX, or only looks like one."""


class UnpacksTooBigError(Exception):
    """A small file that becomes a huge one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which cell."""

    row: int
    title: str
    sentence: str


def open_book(file: BinaryIO, *, values_only: bool = True) -> Workbook:
    """The workbook, to be read row by row; formulas by their stored values, or as formulas.

    Raises NoSpreadsheetError, UnpacksTooBigError.
    """
    try:
        with ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except BadZipFile as broken:
        raise NoSpreadsheetError from broken
    if unpacked > MOST_BYTES_UNPACKED:
        raise UnpacksTooBigError
    file.seek(0)
    try:
        return load_workbook(file, read_only=True, data_only=values_only)
    except Exception as broken:  # whatever a file that only looks like a spreadsheet does to it
        raise NoSpreadsheetError from broken


def text_of(cell: Any) -> str:
    """A cell as it looks: a phone kept as a number is no decimal."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())
