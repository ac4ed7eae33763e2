"""The paper: same content, same bytes; its Chinese can be read back; pages are numbered."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lukou_market.kernel.chinese_font import chinese_font
from lukou_market.reports.paper import Table, write_pdf

_HASH = "ab" * 32


def paper(rows: int, *, columns: int = 4, heading: str = "各镇") -> bytes:
    """A report of so many rows."""
    names = ["镇", *(f"金额{n}" for n in range(1, columns))]
    table = Table(
        heading,
        names,
        [[f"朱亭镇浦湾村{n}", *["1,234.50"] * (columns - 1)] for n in range(rows)],
        1,
        ["合计", *["9,999.00"] * (columns - 1)],
    )
    return write_pdf(
        title="绿口区 渠道报表",
        lines=["期间 2026-01 至 2026-06", "口径:按付款月份计,金额单位为元。" * 4],
        tables=[table],
        sha256=_HASH,
        verify_url=f"https://example.cn/verify/{_HASH}/",
    )


def test_the_same_content_gives_the_same_bytes_and_another_other_ones() -> None:
    assert paper(3) == paper(3)
    assert paper(3) != paper(4)


def test_the_font_is_in_the_file_as_true_type() -> None:
    assert b"/FontFile2" in paper(1)


def test_a_font_has_only_what_the_paper_needs() -> None:
    few, more = chinese_font("浦湾"), chinese_font("浦湾甜瓜朱亭镇")
    assert few[:4] == b"\x00\x01\x00\x00"
    assert len(few) < len(more) < 100_000


def test_a_character_no_font_has_spoils_nothing() -> None:
    assert paper(1, heading="\U000e0001\u0001").startswith(b"%PDF")


@pytest.mark.parametrize(("rows", "columns", "pages"), [(0, 4, 1), (3, 4, 1), (200, 12, 9)])
def test_pages_are_counted(rows: int, columns: int, pages: int) -> None:
    assert paper(rows, columns=columns).count(b"/Type /Page\n") == pages


@pytest.mark.skipif(
    shutil.which("pdftotext") is None and os.environ.get("CI") != "true",
    reason="needs poppler-utils",
)
def test_everything_on_it_can_be_read_back(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(paper(100))
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    assert "绿口区 渠道报表" in text and "朱亭镇浦湾村99" in text
    assert text.count(_HASH) == text.count("第") and text.count("金额3") == text.count(_HASH)
