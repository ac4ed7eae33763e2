"""Files that somebody sends as a photo."""

from io import BytesIO
from typing import Any

from PIL import Image

from lukou_market.fulfilment.clean_photo import CleanPhoto, clean_photo

GPS = 0x8825
COMMENT = b"at my door, 28.2 N 112.9 E"


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **saved: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, (180, 90, 30)).save(file, kind, **saved)
    return file.getvalue()


def photo_with_a_place() -> bytes:
    """A phone's JPEG: turned on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "HUAWEI"
    exif.get_ifd(GPS).update({1: "N", 2: (28.0, 12.0, 0.0), 3: "E", 4: (112.0, 54.0, 0.0)})
    return photo(exif=exif, comment=COMMENT)


def cleaned(file: bytes) -> CleanPhoto:
    return clean_photo(BytesIO(file), size=len(file))
