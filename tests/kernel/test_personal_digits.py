"""Numbers of persons in public text: found however they are written, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lukou_market.demo.people import id_number
from lukou_market.kernel.personal_digits import (
    Found,
    PersonalDigits,
    mask_personal_digits,
    personal_digits,
    refuse_personal_digits,
)

CHINESE, WIDE = "零一二三四五六七八九", "０１２３４５６７８９"
WORDS = st.text("浦湾甜瓜已复核金额无误，。；请放心户主村 ", max_size=12)


def luhn(body: str) -> str:
    values = [int(d) * (1 if n % 2 else 2) for n, d in enumerate(reversed(body))]
    return body + str(-sum(v - 9 if v > 9 else v for v in values) % 10)


def digits_of(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


IDS = st.builds(id_number, st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
OLD_IDS = st.builds(
    lambda day, serial: f"430212{day:%y%m%d}{serial:03d}",
    st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999),
)  # fmt: skip
PHONES = st.builds(
    lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), digits_of(9)
)
CARDS = st.builds(lambda rest: luhn(f"62{rest}"), st.integers(13, 16).flatmap(digits_of))
NUMBERS = st.one_of(
    *(
        st.tuples(st.just(kind), numbers)
        for kind, numbers in [
            (Found.ID_NUMBER, IDS),
            (Found.ID_NUMBER, OLD_IDS),
            (Found.PHONE, PHONES),
            (Found.BANK_CARD, CARDS),
        ]
    )
)


@st.composite
def written(draw: st.DrawFn, number: str) -> str:
    """The number as somebody may write it."""
    script = draw(st.sampled_from(["0123456789", WIDE, CHINESE]))
    shown = "".join(script[int(c)] if c.isdigit() else draw(st.sampled_from("Xx")) for c in number)
    apart = draw(st.sampled_from(["", " ", "-", "－", " - ", "\u3000", "\u200b", ".", "·"]))
    step = draw(st.sampled_from([1, 3, 4, 6]))
    return apart.join(shown[n : n + step] for n in range(0, len(shown), step))


@given(data=st.data(), number=NUMBERS, before=WORDS, after=WORDS)
def test_a_persons_number_is_found_however_it_is_written(
    data: st.DataObject, number: tuple[Found, str], before: str, after: str
) -> None:
    kind, digits = number
    shown = data.draw(written(digits))
    [span] = personal_digits(f"{before}{shown}{after}")
    assert span.found == kind or (kind == Found.BANK_CARD and span.found == Found.ID_NUMBER)
    masked = mask_personal_digits(f"{before}{shown}{after}")
    assert shown not in masked
    assert masked.startswith(before) and masked.endswith(after)


@given(id_=IDS, wrong=st.integers(1, 9))
def test_an_id_with_a_wrong_check_digit_is_one_all_the_same(id_: str, wrong: int) -> None:
    last = "0123456789X"[("0123456789X".index(id_[17]) + wrong) % 11]
    [span] = personal_digits(f"证号{id_[:17]}{last}。")
    assert span.found == Found.ID_NUMBER


@given(
    day=st.dates(date(2026, 1, 1), date(2029, 12, 31)), serial=st.integers(1, 99_999_999),
    fen=st.integers(0, 10**11), grams=st.integers(1, 10**7), until=st.dates(date(2026, 1, 1)),
)  # fmt: skip
def test_orders_amounts_days_and_weights_are_no_persons_numbers(
    day: date, serial: int, fen: int, grams: int, until: date
) -> None:
    yuan = f"{fen // 100:,}.{fen % 100:02d}"
    text = (
        f"订单 {day:%y%m%d}{serial:08d}，金额 {yuan} 元，重 {grams} 克，"
        f"{day} 至 {until:%Y-%m-%d}，{day:%Y年%m月%d日}，第 3 页，二〇二六年六月，430212101001 村"
    )
    assert personal_digits(text) == []


@pytest.mark.parametrize(
    "text",
    ["", "王**", "六月三十日", "电话 0731-28585222", "2026-06-28 2026-06-30", "一二三四五六"],
)
def test_ordinary_words_pass(text: str) -> None:
    refuse_personal_digits(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("联系一三八一二三四五六七八", "手机号"),
        ("+86 138 1234 5678", "手机号"),
        ("４３０２１２１９７００１０１１２３４", "身份证号"),
        ("卡号 6228-4804-0256-4890-018", "银行卡号"),
        ("存折 8101430212101001", "银行卡号"),
    ],
)
def test_the_refusal_names_the_kind_and_repeats_no_digit(text: str, kind: str) -> None:
    with pytest.raises(PersonalDigits) as refused:
        refuse_personal_digits("都好", text)
    assert kind in str(refused.value)
    assert not any(character.isdigit() for character in str(refused.value))
    assert text not in f"{refused.value!r} {refused.value.detail}"


def test_an_x_in_a_word_is_no_check_digit() -> None:
    assert personal_digits("4x4 车，3X 大") == []


def test_a_number_that_is_known_to_be_a_household_s_may_be_said() -> None:
    refuse_personal_digits("户 43021210100100012 已更正", besides=["43021210100100012"])
    with pytest.raises(PersonalDigits):
        refuse_personal_digits("户 43021210100100013 已更正", besides=["43021210100100012"])
