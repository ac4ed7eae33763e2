"""What a list of members says, and what is wrong with it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from lukou_market.organisations.address_list import read_address_list
from lukou_market.organisations.errors import (
    AddressListEmpty,
    AddressListTooLong,
    NotAnAddressList,
)
from tests.organisations.lists import filled, member


def test_a_filled_template_is_read_as_it_was_meant() -> None:
    rows = [member(1), [], ["李雷 ", 13812345678.0, "湖南省 株洲市 1 号", None]]
    listed = read_address_list(filled(rows))
    assert not listed.faults and listed.boxes == 3
    last = listed.members[-1]
    assert (last.row, last.recipient, last.phone, last.boxes) == (4, "李雷", "13812345678", 1)


@pytest.mark.parametrize(
    ("column", "value", "title"),
    [
        (0, "", "收件人"),
        (0, "长" * 41, "收件人"),
        (1, "12345", "手机号"),
        (1, None, "手机号"),
        (2, "株洲", "详细地址"),
        (2, "长" * 201, "详细地址"),
        (2, "幸福路 8 号院 3 栋 601", "详细地址"),
        (2, "我们单位在很远的地方湖南省株洲市 1 号", "详细地址"),
        (3, 0, "箱数"),
        (3, -1, "箱数"),
        (3, 1.5, "箱数"),
        (3, "两箱", "箱数"),
        (3, 1000, "箱数"),
    ],
)
def test_a_fault_is_named_by_its_row_and_column(column: int, value: object, title: str) -> None:
    rows = [member(n) for n in range(9)]
    rows[4][column] = value
    listed = read_address_list(filled(rows))
    assert [(fault.row, fault.title) for fault in listed.faults] == [(6, title)]
    assert listed.faults[0].sentence


def test_all_faults_are_named_at_once() -> None:
    listed = read_address_list(filled([["", "1", "x", 0], member(1), member(1)]))
    assert [(fault.row, fault.title) for fault in listed.faults] == [
        (2, "收件人"), (2, "手机号"), (2, "详细地址"), (2, "箱数"), (4, "收件人"),
    ]  # fmt: skip


def test_lists_that_say_the_same_are_the_same_however_their_files_differ() -> None:
    rows = [member(n) for n in range(3)]
    first, again = read_address_list(filled(rows)), read_address_list(filled([[], *rows]))
    rows[0][3] = 7
    assert first.digest == again.digest != read_address_list(filled(rows)).digest


def zipped(name: str, content: bytes) -> BytesIO:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"PK\x03\x04 no archive", "收件人,手机号".encode()]
)
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(NotAnAddressList):
        read_address_list(BytesIO(content))


def test_an_archive_that_is_no_spreadsheet_is_refused() -> None:
    for file in (zipped("a.txt", b"x"), zipped("xl/workbook.xml", b"<broken")):
        with pytest.raises(NotAnAddressList):
            read_address_list(file)


def test_an_archive_that_would_fill_the_memory_is_not_opened() -> None:
    with pytest.raises(AddressListTooLong):
        read_address_list(zipped("xl/workbook.xml", b"0" * 41_000_000))


def test_a_list_without_members_and_one_with_too_many_are_refused() -> None:
    with pytest.raises(AddressListEmpty):
        read_address_list(filled([]))
    with pytest.raises(AddressListTooLong):
        read_address_list(filled([member(n) for n in range(2001)]))
    strange = filled([])
    strange.seek(0)
    with pytest.raises(NotAnAddressList):
        read_address_list(zipped("[Content_Types].xml", b"<Types/>"))
