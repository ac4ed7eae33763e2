"""A Chinese TrueType font of just the characters a paper needs.

The font that comes as a package has cubic outlines (CFF), which reportlab can't embed: the glyphs
needed are drawn again as quadratic ones.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import count
from threading import Lock
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from noto_cjk_sans_otc import FONT_PATH
from reportlab.pdfbase import pdfmetrics, ttfonts

_SIMPLIFIED_CHINESE = 2  # the collection's third face: one face for one form of each character
_UNITS_PER_EM, _ASCENT, _DESCENT = 1000, 880, -120
_MAX_ERROR_UNITS = 1
_ALWAYS = "".join(map(chr, range(32, 127)))
_NO_GLYPH = ".notdef"
_reading, _numbers = Lock(), count()


def chinese_font(text: str) -> bytes:
    """A TrueType file with the characters of `text`, and ASCII; the same for the same characters.

    A character the package's font doesn't know is left out: it shows as an empty box.
    """
    letters = sorted({*text, *_ALWAYS})
    with _reading:
        glyphs = {letter: _glyph(letter) for letter in letters if ord(letter) in _source()[1]}
        empty = _drawn(_NO_GLYPH)
    names = {letter: f"u{ord(letter):04X}" for letter in glyphs}
    drawn = {_NO_GLYPH: empty, **{names[letter]: glyph for letter, glyph in glyphs.items()}}
    face = f"NotoSansSC-{sha256(''.join(glyphs).encode()).hexdigest()[:12]}"
    builder = FontBuilder(_UNITS_PER_EM, isTTF=True)
    builder.setupGlyphOrder(list(drawn))
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    builder.setupGlyf({name: glyph for name, (glyph, _) in drawn.items()})
    edges = builder.font["glyf"].glyphs
    builder.setupHorizontalMetrics(
        {name: (width, getattr(edges[name], "xMin", 0)) for name, (_, width) in drawn.items()}
    )
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": face, "styleName": "Regular", "psName": face})
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, sCapHeight=733)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


@contextmanager
def registered_font(text: str) -> Iterator[str]:
    """The name that reportlab knows the font of `text` by, as long as the block runs."""
    name = f"chinese-{next(_numbers)}"
    # Not by registerFont, which keeps every font for as long as the process lives.
    pdfmetrics._fonts[name] = ttfonts.TTFont(name, BytesIO(chinese_font(text)))
    try:
        yield name
    finally:
        del pdfmetrics._fonts[name]


@cache
def _source() -> tuple[Any, dict[int, str]]:
    font = TTFont(str(FONT_PATH), fontNumber=_SIMPLIFIED_CHINESE, lazy=True)
    return font.getGlyphSet(), font.getBestCmap()


@lru_cache(maxsize=8192)
def _glyph(letter: str) -> tuple[Any, int]:
    return _drawn(_source()[1][ord(letter)])


def _drawn(name: str) -> tuple[Any, int]:
    """The outline, and how wide the glyph is."""
    glyph = _source()[0][name]
    pen = TTGlyphPen(None)
    glyph.draw(Cu2QuPen(pen, _MAX_ERROR_UNITS, reverse_direction=True))
    return pen.glyph(), glyph.width
