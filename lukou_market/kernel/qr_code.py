"""A text as a QR code, to be scanned off this screen or off paper."""

import segno
from django.utils.safestring import SafeString, mark_safe

_QUIET_ZONE = 4  # modules; scanners need it


def qr_svg(text: str) -> SafeString:
    """Inline SVG, as wide as its box; a quarter of it may be damaged or covered."""
    code = segno.make_qr(text, error="q")
    svg: str = code.svg_inline(omitsize=True, border=_QUIET_ZONE, light="#fff", svgclass="qr")
    return mark_safe(svg)  # noqa: S308  # drawn by segno: the text itself isn't in it
