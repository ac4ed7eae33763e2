"""What a message says when one looks through its disguises: pure functions on text.

Letters in other widths and styles, with marks on them, or with anything but letters between
them read as the plain letters do (Unicode's compatibility decomposition, casefolded).
"""

import re
import unicodedata
from collections.abc import Iterable

_LONG_NUMBER = re.compile(r"[0-9]{7}")
_JOINER = "\u200d"  # holds compound emoji together


def tidied(text: str) -> str:
    """One line without what nobody sees: control characters, directions, runs of spaces."""
    seen = "".join(c if c.isprintable() or c == _JOINER else " " * c.isspace() for c in text)
    line = " ".join(seen.split())
    return line if line.strip(_JOINER + " ") else ""


def names_word(text: str, words: Iterable[str]) -> bool:
    """Whether `text` contains one of `words`, whatever stands between its characters.

    A word of letters is found across digits too; one with digits of its own only across others.
    """
    letters, with_digits = _letters(text), _letters_and_digits(text)
    return any(_names(word, letters, with_digits) for word in words)


def names_number(text: str) -> bool:
    """Whether there are seven digits in a row, however written or held apart: ７, 七, ⑦, 7️⃣."""
    return bool(_LONG_NUMBER.search("".join(map(_digit, _letters_and_digits(text)))))


def _names(word: str, letters: str, with_digits: str) -> bool:
    sought = _letters_and_digits(word)
    if sought == "":
        return False  # of signs only: it would be in everything
    return sought in (letters if sought.isalpha() else with_digits)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, _plain(text)))


def _letters_and_digits(text: str) -> str:
    return "".join(filter(str.isalnum, _plain(text)))


def _plain(text: str) -> str:
    # Decomposed again after folding, which may compose; see Unicode 3.13, D146.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFKD", folded.casefold())


def _digit(character: str) -> str:
    number = unicodedata.numeric(character, -1)
    return str(int(number)) if number in range(10) else character
