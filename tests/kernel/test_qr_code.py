import re

import segno

from lukou_market.kernel.qr_code import qr_svg

ADDRESS = "rtmp://studio.example:1935/live/7-0123456789abcdef0123456789abcdef"
_RUN = re.compile(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?")


def drawn(svg: str) -> set[tuple[int, int]]:
    """The dark modules (row, column) that the strokes of the drawing cover, border included."""
    path = re.search(r'class="qrline" stroke="#000" d="([^"]+)"', svg)
    assert path
    dark, x, y = set(), 0, 0.0
    for step, across, down in _RUN.findall(path[1]):
        if step == "h":
            dark |= {(int(y), column) for column in range(x, x + int(across))}
            x += int(across)
        else:
            x, y = (int(across), float(down)) if step == "M" else (x + int(across), y + float(down))
    return dark


def test_the_drawing_shows_the_code_of_the_text_with_its_quiet_zone() -> None:
    code = segno.make_qr(ADDRESS, error="q")
    rows = list(code.matrix_iter(border=4))
    expected = {
        (row, column) for row, bits in enumerate(rows) for column, bit in enumerate(bits) if bit
    }
    svg = qr_svg(ADDRESS)
    assert drawn(svg) == expected
    assert f'viewBox="0 0 {len(rows)} {len(rows)}"' in svg


def test_the_text_itself_is_not_in_the_drawing() -> None:
    assert "0123456789abcdef" not in qr_svg(ADDRESS)
