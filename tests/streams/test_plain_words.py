import pytest
from hypothesis import given
from hypothesis import strategies as st

from lukou_market.streams.plain_words import names_number, names_word, tidied

WORDS = ["微信", "赌博", "vx", "加v5", "Strasse"]
_ONE = st.sampled_from(WORDS)
_NO_LETTERS = st.text(" .,-_/!?。·、\u3000\u200b\u00a0…|+=\n\u0336☀", max_size=3)
_TEXT = st.text(max_size=20)


def _wide(character: str) -> str:
    """The same character in full width, where it has one."""
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character


@st.composite
def _disguised(draw: st.DrawFn, word: str) -> str:
    """The word with signs between its characters, these in other widths and cases."""
    characters = [
        draw(st.sampled_from([c, c.upper(), c.lower(), _wide(c), c + "\u0336"])) for c in word
    ]
    return "".join(part for c in characters for part in (c, draw(_NO_LETTERS)))


@given(st.data(), _ONE, _TEXT, _TEXT)
def test_a_word_is_found_in_every_disguise(
    data: st.DataObject, word: str, before: str, after: str
) -> None:
    assert names_word(before + " " + data.draw(_disguised(word)) + " " + after, WORDS)


@given(st.text("今天瓜很甜我要买三箱abc !1２,"))
def test_what_names_no_word_is_left_alone(text: str) -> None:
    assert not names_word(text, WORDS)


@pytest.mark.parametrize("text", ["微1信", "v2x", "ＶＸ", "ⓥⓧ", "v\u200bx", "STRAẞE", "加V 5"])
def test_known_tricks_are_seen_through(text: str) -> None:
    assert names_word(text, WORDS)


def test_a_word_with_a_digit_needs_this_digit() -> None:
    assert not names_word("加v6", ["加v5"])
    assert not names_word("加v", ["加v5"])


@pytest.mark.parametrize("word", ["", "  ", "!!"])
def test_a_word_of_signs_is_in_nothing(word: str) -> None:
    assert not names_word("好!! 甜", [word])


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "一三八一二三四五六七八",
        "幺三八幺二三四五",
        "①③⑧①②③④",
        "1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣",
        "打1.3.8.1.2.3.4",
        "430212197001011234",
    ],
)
def test_long_numbers_are_seen_however_they_are_written(text: str) -> None:
    assert names_number(text)


@pytest.mark.parametrize("text", ["买100箱,共3990元", "2箱5公斤39块9", "123456", "三箱,十斤", ""])
def test_prices_and_quantities_are_no_long_numbers(text: str) -> None:
    assert not names_number(text)


@given(st.text())
def test_a_tidied_line_is_one_line_that_can_be_kept(text: str) -> None:
    line = tidied(text)
    assert line == tidied(line)
    assert not set(line) & set("\0\n\r\t\u202e\ud800")
    assert line == "" or line.strip(" \u200d")


def test_compound_emoji_stay_whole() -> None:
    assert tidied("  👩\u200d🌾\n 好 ") == "👩\u200d🌾 好"
