"""The sheets a paper is drawn on, in points; how many there are is known only at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import segno
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from lukou_market.reports.paper_layout import LEADING, PADDING, wrapped

MARGIN, FOOT = 15 * mm, 20 * mm
_GREY, _RULE, _THIN = 0.93, 0.6, 0.4
_HASH, _NUMBER = 6.5, 8.0
_QUIET_ZONE = 4  # modules

Draw = Callable[[Canvas], None]


@dataclass(slots=True)
class Sheets:
    """What is to be drawn on each page; `y` is how far down the last one is filled."""

    font: str
    size: tuple[float, float]
    pages: list[list[Draw]] = field(default_factory=lambda: [[]])
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = self.size[1] - MARGIN

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.size[0] - 2 * float(MARGIN)

    def make_room(self, high: float) -> bool:
        """Whether a new page was begun, because `high` had no room on this one."""
        if self.y - high >= FOOT:
            return False
        self.begin_page()
        return True

    def begin_page(self) -> None:
        """What follows is drawn on a new page."""
        self.pages.append([])
        self.y = self.size[1] - MARGIN

    def text(self, x: float, y: float, size: float, text: str, *, right: bool = False) -> None:
        """One line that begins at `x`, or ends there."""
        left = x - stringWidth(text, self.font, size) if right else x

        def draw(canvas: Canvas) -> None:
            canvas.setFont(self.font, size)
            canvas.drawString(left, y, text)

        self.pages[-1].append(draw)

    def paragraph(self, text: str, size: float, width: float) -> None:
        """Lines down the page, on new pages where they must."""
        for row in wrapped(text, self.font, size, width):
            self.make_room(size * LEADING)
            self.y -= size * LEADING
            self.text(MARGIN, self.y, size, row)

    def row(
        self, cells: Sequence[Sequence[str]], widths: Sequence[float], size: float, first_right: int
    ) -> None:
        """A row of a table: lines in each cell, from `first_right` on they end at the right."""
        left, high = MARGIN, row_height(cells, size)
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            y = self.y - PADDING + size * 0.25
            for text in cell:
                y -= size * LEADING
                right = n >= first_right
                self.text(
                    left + (width - PADDING if right else PADDING), y, size, text, right=right
                )
            left += width
        self.y -= high
        self.line()

    def line(self) -> None:
        """A thin line across the page."""
        y, right = self.y, self.size[0] - MARGIN

        def draw(canvas: Canvas) -> None:
            canvas.setStrokeGray(_RULE)
            canvas.setLineWidth(_THIN)
            canvas.line(MARGIN, y, right, y)

        self.pages[-1].append(draw)

    def band(self, high: float) -> None:
        """A grey ground for the row that follows."""
        y, width = self.y - high, self.width

        def draw(canvas: Canvas) -> None:
            canvas.setFillGray(_GREY)
            canvas.rect(MARGIN, y, width, high, stroke=0, fill=1)
            canvas.setFillGray(0)

        self.pages[-1].append(draw)

    def frame(self, x: float, y: float, wide: float, high: float) -> None:
        """An empty box."""

        def draw(canvas: Canvas) -> None:
            canvas.setStrokeGray(_RULE)
            canvas.rect(x, y, wide, high, stroke=1, fill=0)

        self.pages[-1].append(draw)

    def qr(self, text: str, x: float, y: float, side: float) -> None:
        """A QR code with its lower left corner at `x`, `y`."""
        rows = list(segno.make_qr(text, error="m").matrix_iter(border=_QUIET_ZONE))
        module = side / len(rows)

        def draw(canvas: Canvas) -> None:
            for row, modules in enumerate(rows):
                for column, dark in enumerate(modules):
                    if dark:
                        up = y + (len(rows) - 1 - row) * module
                        canvas.rect(x + column * module, up, module, module, stroke=0, fill=1)

        self.pages[-1].append(draw)

    def drawn(self, title: str, sha256: str, *, numbered: bool = True) -> bytes:
        """The PDF, with the hash and the number of the page at the foot of each."""
        file = BytesIO()
        canvas = Canvas(file, self.size, pageCompression=1, invariant=1, initialFontName=self.font)
        canvas.setTitle(title)
        for number, page in enumerate(self.pages, 1):
            for draw in page:
                draw(canvas)
            canvas.setFont(self.font, _HASH)
            canvas.drawString(MARGIN, FOOT / 2, f"SHA-256 {sha256}" if sha256 else "")
            canvas.setFont(self.font, _NUMBER)
            of_pages = page_of_pages(number, len(self.pages)) if numbered else ""
            canvas.drawRightString(self.size[0] - MARGIN, FOOT / 2, of_pages)
            canvas.showPage()
        canvas.save()
        return file.getvalue()


def row_height(cells: Sequence[Sequence[str]], size: float) -> float:
    """How high a row of these cells is."""
    return max(len(cell) for cell in cells) * size * LEADING + 2 * PADDING


def page_of_pages(number: int, count: int) -> str:
    """The words at the foot."""
    return _("Page %(number)d of %(count)d") % {"number": number, "count": count}
