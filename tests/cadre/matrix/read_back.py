"""What a person can read in an answer: page, workbook, file of lines, archive or PDF."""

import re
import zlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

_TOKENS = re.compile(r"\b[A-Za-z0-9]{64}\b|\d+\.\d\d(?=\s*(seconds|秒))")
"""Those of forms, and how long a search took."""


def read_back(answer: Any) -> str:
    """All text of the answer and its file name, without what differs on every visit."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    named = answer.headers.get("Content-Disposition", "") + answer.headers.get("Location", "")
    return _TOKENS.sub("", f"{named} {_text(answer.headers.get('Content-Type', ''), body)}")


def _text(kind: str, body: bytes) -> str:
    if "spreadsheetml" in kind:
        return _cells(body)
    if "zip" in kind:
        with ZipFile(BytesIO(body)) as archive:
            return " ".join(f"{name} {archive.read(name).decode(errors='ignore')}"
                            for name in archive.namelist())  # fmt: skip
    if "pdf" in kind:
        return _pdf(body)
    return body.decode("gb18030" if "gb18030" in kind else "utf-8", errors="ignore")


def _cells(body: bytes) -> str:
    book = load_workbook(BytesIO(body))
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        if cell is not None
    )  # fmt: skip


def _pdf(body: bytes) -> str:
    """The text of a PDF whose fonts say which letters their glyphs are."""
    streams = [_inflated(found) for found in re.findall(rb"stream\r?\n(.*?)endstream", body, re.S)]
    letters: dict[bytes, str] = {}
    for stream in streams:
        for glyph, letter in re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>\s", stream):
            text = bytes.fromhex(letter.decode()).decode("utf-16-be", errors="ignore")
            letters[bytes.fromhex(glyph.decode())] = text
    return " ".join(_shown(stream, letters) for stream in streams if b"BT" in stream)


def _shown(stream: bytes, letters: dict[bytes, str]) -> str:
    words = re.findall(rb"\(((?:\\.|[^\\)])*)\)\s*Tj", stream, re.S)
    return " ".join("".join(letters.get(bytes([one]), chr(one)) for one in _unescaped(word))
                    for word in words)  # fmt: skip


def _unescaped(word: bytes) -> bytes:
    octal = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), word)
    return re.sub(rb"\\(.)", rb"\1", octal, flags=re.S)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream.strip())
    except zlib.error:
        return b""
