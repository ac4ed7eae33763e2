"""A receipt as a picture to share: what was bought, where it went, a QR code that leads to it."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

import segno
from django.utils import timezone
from django.utils.translation import gettext as _
from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageDraw, ImageFont

from lukou_market.aid.order_money import OrderMoney
from lukou_market.kernel.money import yuan
from lukou_market.kernel.weight import jin, kilograms
from lukou_market.storefront.receipt import Receipt

_WIDTH, _MARGIN, _GAP = 750, 48, 18
_QR_SIDE = 240
_INK, _SOFT, _GREEN, _PRICE, _PAPER = "#1d2a23", "#55645b", "#17663a", "#b23c06", "#ffffff"
_SIMPLIFIED_CHINESE = 2  # the collection's third font


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its size in pixels, its colour, and the space above it."""

    text: str
    size: int = 30
    colour: str = _INK
    above: int = 8


def receipt_png(receipt: Receipt, address: str) -> bytes:
    """A PNG, 750 pixels wide; its QR code leads to `address`."""
    lines = [part for line in _lines(receipt) for part in _wrapped(line)]
    text_height = sum(line.above + _height(line.size) for line in lines)
    height = 2 * _MARGIN + text_height + _GAP + _QR_SIDE
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, _WIDTH, _MARGIN // 3), fill=_GREEN)
    y = _MARGIN
    for line in lines:
        y += line.above
        pen.text((_MARGIN, y), line.text, line.colour, _font(line.size))
        y += _height(line.size)
    picture.paste(_qr(address), ((_WIDTH - _QR_SIDE) // 2, y + _GAP))
    out = BytesIO()
    picture.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _lines(receipt: Receipt) -> list[Line]:
    paid = {"yuan": yuan(receipt.money.total_fen)}
    lines = [
        Line(_("Lukou Market"), 28, _GREEN),
        Line(_("Where ¥%(yuan)s went") % paid, 46, _PRICE),
    ]
    if receipt.money.discount_fen:
        lines.append(Line(paid_by(receipt.money), 26, _SOFT))
    for goods in receipt.goods:
        weight = {"jin": jin(goods.weight_g), "kg": kilograms(goods.weight_g)}
        lines.append(Line(goods.name, 34, above=22))
        lines.append(Line(_("%(jin)s jin (%(kg)s kg)") % weight, 28, _SOFT))
        lines.append(Line(f"{goods.village} · {goods.producer}", 28, _SOFT))
    for part in receipt.parts:
        lines.append(Line(str(part), 34, above=22))
        if part.how:
            lines.append(Line(part.how, 26, _SOFT, above=0))
    day = timezone.localtime(receipt.paid_at).strftime("%Y-%m-%d")
    invitation = _("Scan to see every fen")
    return [*lines, Line(f"{day} · {invitation}", 26, _SOFT, above=30)]


def paid_by(money: OrderMoney) -> str:
    """Who paid how much, where a voucher paid a part."""
    facts = {
        "buyer": yuan(money.by_buyer_fen),
        "voucher": yuan(money.discount_fen),
        "issuer": money.issuer,
    }
    return _("¥%(buyer)s paid by the buyer, ¥%(voucher)s by %(issuer)s") % facts


def _wrapped(line: Line) -> list[Line]:
    """As many lines as its width takes: Chinese may be broken anywhere."""
    font, rows = _font(line.size), [""]
    for letter in line.text:
        if font.getlength(rows[-1] + letter) > _WIDTH - 2 * _MARGIN:
            rows.append("")
        rows[-1] += letter
    return [
        Line(text.strip(), line.size, line.colour, 0 if n else line.above)
        for n, text in enumerate(rows)
    ]


def _height(size: int) -> int:
    return size * 3 // 2


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_PATH), size, index=_SIMPLIFIED_CHINESE)


def _qr(address: str) -> Image.Image:
    out = BytesIO()
    segno.make_qr(address, error="m").save(out, "png", border=2)
    return Image.open(out).convert("RGB").resize((_QR_SIDE, _QR_SIDE), Image.Resampling.NEAREST)
