"""The Chinese catalogue against the texts marked in the code and the templates."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

Text = str | tuple[str, ...]
"""A msgid, or a singular and its plural."""

_ROOT = Path(__file__).parent.parent
_KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_HOLE = re.compile(r"%(?:\(\w+\))?[sdr]")


def _python_of(file: Path) -> str:
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return source
    # What templatize leaves between the calls is no Python; its indentation must not count.
    return "\n".join(line.strip() for line in templatize(source).splitlines())


def _marked(file: Path) -> Iterator[Text]:
    source = BytesIO(_python_of(file).encode())
    for _line, text, _comments, context in extract("python", source, _KEYWORDS):
        assert context is None, f"{file}: {text!r} has a context; compare by it here first"
        yield text


@pytest.fixture(scope="module")
def marked() -> set[Text]:
    """Every text marked for translation."""
    files = [*(_ROOT / "lukou_market").rglob("*.py"), *(_ROOT / "templates").rglob("*.html")]
    return {text for file in files for text in _marked(file)}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    """The catalogue where Django looks for the default language's."""
    folder = Path(settings.LOCALE_PATHS[0]) / to_locale(settings.LANGUAGE_CODE)
    with (folder / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def _each(texts: object) -> list[str]:
    return [str(text) for text in texts] if isinstance(texts, list | tuple) else [str(texts or "")]


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(string.strip() for string in _each(message.string))


def _holes(text: str) -> list[str]:
    return sorted(_HOLE.findall(text))


def test_every_marked_text_reads_in_chinese(marked: set[Text], chinese: Catalog) -> None:
    assert len(marked) > 400  # the search finds our texts at all
    assert [text for text in marked if not _is_translated(chinese.get(text))] == []


def test_no_translation_is_kept_that_nobody_uses(marked: set[Text], chinese: Catalog) -> None:
    assert [m.id for m in chinese if m.id and m.id not in marked] == []
    assert not chinese.obsolete


def test_a_translation_fills_in_what_its_text_fills_in(chinese: Catalog) -> None:
    pairs = [
        (text, string)
        for message in chinese
        if message.id
        for text in _each(message.id)
        for string in _each(message.string)
    ]
    assert [pair for pair in pairs if _holes(pair[0]) != _holes(pair[1])] == []
    assert any(_holes(text) for text, _ in pairs)


def test_the_catalogue_is_not_fuzzy_as_a_whole(chinese: Catalog) -> None:
    assert not chinese.fuzzy, "pybabel compiles no fuzzy catalogue: the screens would be English"


_NO_WORDS = re.compile(
    r"{#.*?#}|<(script|style)\b.*?</\1>|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*block page\s*%}.*?{%\s*endblock\s*%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
_READ_ALOUD = re.compile(r'(?:aria-label|alt|title|placeholder)="([^"]*)"')
_IN_BOTH_LANGUAGES = {"403_csrf.html", "500.html"}  # they stand when translating may not
_SAME_IN_BOTH = {"中文", "English", "rtmp"}


def test_no_page_has_words_that_are_not_marked() -> None:
    found = {}
    for file in (_ROOT / "templates").rglob("*.html"):
        page = _NO_WORDS.sub("", file.read_text(encoding="utf-8"))
        text = f"{re.sub(r'<[^>]*>', ' ', page)} {_READ_ALOUD.findall(page)}"
        words = set(re.findall(r"[A-Za-z\u4e00-\u9fff]{2,}", text)) - _SAME_IN_BOTH
        if words and file.name not in _IN_BOTH_LANGUAGES:
            found[file.name] = words
    assert found == {}
