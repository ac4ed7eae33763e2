"""A file that somebody uploads as a photo, drawn again: nothing but its picture is kept.

What a file is called, and what its sender calls it, count for nothing: Pillow reads it as one
of three formats or not at all. The size in pixels is known before any is decoded.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

from lukou_market.fulfilment.errors import PhotoNotRead, PhotoTooLarge

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
_FORMATS = ("JPEG", "PNG", "WEBP")
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A JPEG without metadata, upright, no side longer than `LONGEST_SIDE`."""

    jpeg: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The digest of its bytes, in hex."""
        return sha256(self.jpeg).hexdigest()


def clean_photo(upload: IO[bytes], *, size: int) -> CleanPhoto:
    """The photo in a file of `size` bytes. Raises PhotoTooLarge, PhotoNotRead."""
    if size > MOST_BYTES:
        raise PhotoTooLarge
    try:
        with Image.open(upload, formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PhotoTooLarge
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _drawn_again(image)
    except Image.DecompressionBombError as bomb:
        raise PhotoTooLarge from bomb
    except PhotoTooLarge:
        raise
    except Exception as error:  # decoders of broken files fail in every way there is
        raise PhotoNotRead from error


def _drawn_again(image: Image.Image) -> CleanPhoto:
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    colours = upright.convert("RGBA")
    # Onto a new sheet: comments and locations stay behind, whatever the format calls them.
    sheet = Image.new("RGB", colours.size, _WHITE)
    sheet.paste(colours, mask=colours.getchannel("A"))
    jpeg = BytesIO()
    sheet.save(jpeg, "JPEG", quality=82, optimize=True)
    return CleanPhoto(jpeg.getvalue(), sheet.width, sheet.height)
