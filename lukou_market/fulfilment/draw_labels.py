"""Labels of parcels as a PDF: one a page, 100 × 150 mm, with the order as a QR code.

A number that a carrier gave stands on top, as a bar code too: what its scanners read.
"""

from collections.abc import Sequence
from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from lukou_market.fulfilment.models import Shipment
from lukou_market.fulfilment.where_to import where_to
from lukou_market.kernel.chinese_font import registered_font
from lukou_market.kernel.weight import jin, kilograms

_PAGE = (100 * mm, 150 * mm)
_MARGIN, _WIDTH = 6 * mm, 88 * mm
_QR_SIDE = 32 * mm
_QUIET_ZONE = 4  # modules
_BAR, _BARS_HIGH = 0.4 * mm, 13 * mm


def draw_labels(parcels: Sequence[Shipment]) -> bytes:
    """The PDF, with the glyphs it uses embedded."""
    file = BytesIO()
    with registered_font("".join(map(_letters, parcels))) as font:
        canvas = Canvas(file, pagesize=_PAGE, pageCompression=1)
        for parcel in parcels:
            _draw(canvas, font, parcel)
            canvas.showPage()
        canvas.save()
    return file.getvalue()


def _letters(parcel: Shipment) -> str:
    """Everything that is written on the label."""
    address, goods = where_to(parcel), [str(line.sku) for line in parcel.order.lines.all()]
    texts = [address.recipient, address.phone, address.text, *goods, _weight(parcel)]
    return "".join([*texts, parcel.which_boxes, parcel.get_carrier_display()])


def _weight(parcel: Shipment) -> str:
    facts = {"jin": jin(parcel.packed_g), "kg": kilograms(parcel.packed_g)}
    return _("%(jin)s jin (%(kg)s kg)") % facts


def _draw(canvas: Canvas, font: str, parcel: Shipment) -> None:
    order, address = parcel.order, where_to(parcel)
    y = _PAGE[1] - _MARGIN
    if parcel.tracking_number:
        y = _draw_number(canvas, font, parcel, y)
    y = _lines(canvas, font, address.recipient, y, 22)
    y = _lines(canvas, font, address.phone, y, 18)
    y = _lines(canvas, font, address.text, y - 2 * mm, 16)
    canvas.line(_MARGIN, y - 2 * mm, _MARGIN + _WIDTH, y - 2 * mm)
    y -= 4 * mm
    for line in order.lines.all():
        y = _lines(canvas, font, str(line.sku), y, 13)
    y = _lines(canvas, font, _weight(parcel), y, 13)
    y = _lines(canvas, font, parcel.which_boxes, y, 13)
    _draw_qr(canvas, settings.PUBLIC_BASE_URL + reverse("storefront:order", args=[order.number]))
    beside = _MARGIN + _QR_SIDE + 3 * mm
    canvas.setFont(font, 11)
    canvas.drawString(beside, _MARGIN + 14 * mm, order.number)
    canvas.drawString(beside, _MARGIN + 8 * mm, f"{localtime(parcel.packed_at):%Y-%m-%d %H:%M}")


def _draw_number(canvas: Canvas, font: str, parcel: Shipment, y: float) -> float:
    """The bars in the middle, carrier and number below them."""
    number = parcel.tracking_number
    bar = min(_BAR, _WIDTH / Code128(number, barWidth=1, quiet=0).width)
    bars = Code128(number, barWidth=bar, barHeight=_BARS_HIGH, quiet=0)
    y -= _BARS_HIGH
    bars.drawOn(canvas, (_PAGE[0] - bars.width) / 2, y)
    canvas.setFont(font, 14)
    y -= 6 * mm
    canvas.drawCentredString(_PAGE[0] / 2, y, f"{parcel.get_carrier_display()}  {number}")
    below: float = y - 2 * mm
    return below


def _lines(canvas: Canvas, font: str, text: str, y: float, size: int) -> float:
    """Write the text in lines below `y`; return where the next one goes."""
    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, _WIDTH):
        y -= size * 1.25
        canvas.drawString(_MARGIN, y, line)
    return y


def _draw_qr(canvas: Canvas, text: str) -> None:
    rows = list(segno.make_qr(text, error="m").matrix_iter(border=_QUIET_ZONE))
    side = _QR_SIDE / len(rows)
    for row, modules in enumerate(rows):
        for column, dark in enumerate(modules):
            if dark:
                x, y = _MARGIN + column * side, _MARGIN + (len(rows) - 1 - row) * side
                canvas.rect(x, y, side, side, stroke=0, fill=1)
