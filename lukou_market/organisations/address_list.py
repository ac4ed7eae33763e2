"""The list of members as a spreadsheet: the template to fill in, and what a filled one says.

Every row is looked at before anything is said, so that one look mends the whole list.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

import orjson
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.phones import normal_phone
from lukou_market.addresses.divisions import Located, locate
from lukou_market.kernel.spreadsheet import (
    XLSX,
    Fault,
    NoSpreadsheetError,
    UnpacksTooBigError,
    open_book,
)
from lukou_market.kernel.spreadsheet import text_of as _text
from lukou_market.organisations.errors import (
    AddressListEmpty,
    AddressListTooLong,
    NotAnAddressList,
)

__all__ = ["XLSX", "AddressList", "Fault", "ListedMember", "read_address_list", "template"]

TITLES = ("收件人", "手机号", "详细地址", "箱数")
"""The template's first row, in this order; files are made for Chinese offices only."""

MOST_BYTES = 2_000_000
MOST_ROWS = 2_000
_MOST_BOXES = 999
_SHORTEST_ADDRESS = 6
_PLACE_WITHIN = 8
_Row = tuple[int, tuple[Any, Any, Any, Any]]
_NAME_LENGTH, _ADDRESS_LENGTH = 40, 200


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member who gets `boxes` in the `division`; `row` is the spreadsheet's own number."""

    row: int
    recipient: str
    phone: str
    address: str
    boxes: int
    division: str


@dataclass(frozen=True, slots=True)
class AddressList:
    """Usable only without `faults`."""

    members: list[ListedMember]
    faults: list[Fault]

    @property
    def boxes(self) -> int:
        """All boxes together."""
        return sum(member.boxes for member in self.members)

    @property
    def digest(self) -> str:
        """Equal for lists that say the same, however their files differ."""
        rows = [(one.recipient, one.phone, one.address, one.boxes) for one in self.members]
        return hashlib.sha256(orjson.dumps(rows)).hexdigest()


def template() -> bytes:
    """An empty list: titles, and columns of text so that no phone becomes a number."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    sheet.append(TITLES)
    for letter, width in zip("ABCD", (14, 18, 60, 8), strict=True):
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = "@"
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_address_list(file: BinaryIO) -> AddressList:
    """What the list says, and everything that is wrong with it, row by row.

    Raises NotAnAddressList, AddressListTooLong, AddressListEmpty.
    """
    rows = _rows(file)
    if tuple(_text(cell) for cell in rows[0][1]) != TITLES:
        raise NotAnAddressList
    filled = [(row, cells) for row, cells in rows[1:] if any(_text(cell) for cell in cells)]
    if not filled:
        raise AddressListEmpty
    if len(filled) > MOST_ROWS:
        raise AddressListTooLong
    faults: list[Fault] = []
    members: dict[tuple[str, str, str], ListedMember] = {}
    for row, cells in filled:
        wrong = list(_faults(row, *cells))
        faults += wrong
        if not wrong:
            member = _member(row, *cells)
            first = members.setdefault((member.recipient, member.phone, member.address), member)
            if first is not member:
                again = _("The same member as in row %(row)s. Write the boxes together.")
                faults.append(Fault(row, TITLES[0], again % {"row": first.row}))
    return AddressList(list(members.values()), faults)


def _rows(file: BinaryIO) -> list[_Row]:
    try:
        book = open_book(file)
    except UnpacksTooBigError as huge:
        raise AddressListTooLong from huge
    except NoSpreadsheetError as broken:
        raise NotAnAddressList from broken
    try:
        sheet = book.worksheets[0]
        # Somebody's row of thanks far below is no list of a million members.
        cells = sheet.iter_rows(max_row=MOST_ROWS * 2, max_col=4, values_only=True)
        rows: list[_Row] = [(n, _four(row)) for n, row in enumerate(cells, 1)]
    except Exception as broken:  # whatever a file that only looks like a spreadsheet does to it
        raise NotAnAddressList from broken
    if not rows:
        raise NotAnAddressList
    return rows


def _four(cells: tuple[Any, ...]) -> tuple[Any, Any, Any, Any]:
    first, second, third, fourth, *_rest = (*cells, None, None, None, None)
    return first, second, third, fourth


def _faults(row: int, recipient: Any, phone: Any, address: Any, boxes: Any) -> Iterator[Fault]:
    if not 0 < len(_text(recipient)) <= _NAME_LENGTH:
        yield Fault(row, TITLES[0], _("Who gets it? At most 40 characters."))
    try:
        normal_phone(_text(phone))
    except PhoneWrong as wrong:
        yield Fault(row, TITLES[1], str(wrong))
    if not _SHORTEST_ADDRESS <= len(_text(address)) <= _ADDRESS_LENGTH:
        sentence = _("The whole address, from the province to the house number.")
        yield Fault(row, TITLES[2], sentence)
    elif _located(address) is None:
        sentence = _("Where is that? Begin the address with its province, city and county.")
        yield Fault(row, TITLES[2], sentence)
    if not 0 < _count(boxes) <= _MOST_BOXES:
        yield Fault(row, TITLES[3], _("A whole number of boxes, from 1 to 999."))


def _member(row: int, recipient: Any, phone: Any, address: Any, boxes: Any) -> ListedMember:
    located = _located(address)
    return ListedMember(
        row=row,
        recipient=_text(recipient),
        phone=normal_phone(_text(phone)),
        address=_text(address),
        boxes=_count(boxes),
        division=located.code if located else "",
    )


def _located(address: Any) -> Located | None:
    """The place an address begins with; 中国 or 地址: may stand before it."""
    return locate(_text(address), within=_PLACE_WITHIN)


def _count(cell: Any) -> int:
    """The number of boxes, one where nothing is written; 0 for what is no number."""
    text = _text(cell) or "1"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
