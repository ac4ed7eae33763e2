import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from lukou_market.fulfilment import clean_photo as module
from lukou_market.fulfilment.errors import PhotoNotRead, PhotoTooLarge
from tests.fulfilment.photos import COMMENT, cleaned, photo, photo_with_a_place

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is `side` pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_again_as_jpeg(kind: str) -> None:
    clean = cleaned(photo(kind))
    with Image.open(BytesIO(clean.jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (640, 480))
    assert (clean.width, clean.height) == (640, 480)


def test_the_place_and_the_camera_stay_behind_and_the_photo_stands_upright() -> None:
    file = photo_with_a_place()
    assert COMMENT in file and b"HUAWEI" in file
    clean = cleaned(file)
    with Image.open(BytesIO(clean.jpeg)) as image:
        assert (dict(image.getexif()), image.size) == ({}, (480, 640))
        assert "comment" not in image.info
    assert COMMENT not in clean.jpeg and b"HUAWEI" not in clean.jpeg


def test_a_large_photo_becomes_a_smaller_one() -> None:
    clean = cleaned(photo(size=(4000, 3000)))
    assert (clean.width, clean.height) == (1600, 1200)


@pytest.mark.parametrize(
    "file",
    [HTML, SVG, b"", b"GIF89a", photo("GIF"), photo("BMP"), photo()[:200], photo("PNG")[:60]],
    ids=["html", "svg", "nothing", "magic only", "gif", "bmp", "half a jpeg", "half a png"],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(file: bytes) -> None:
    with pytest.raises(PhotoNotRead):
        cleaned(file)


def test_what_hides_behind_a_photo_stays_behind() -> None:
    assert b"alert" not in cleaned(photo() + HTML).jpeg


@pytest.mark.parametrize("side", [7_000, 12_000, 60_000])
def test_a_bomb_is_refused_before_it_is_decoded(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(module, "_drawn_again", decode)
    with pytest.raises(PhotoTooLarge):
        cleaned(bomb(side))


def test_a_file_of_too_many_bytes_is_not_even_opened() -> None:
    with pytest.raises(PhotoTooLarge):
        module.clean_photo(BytesIO(photo()), size=module.MOST_BYTES + 1)
