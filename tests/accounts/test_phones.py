import pytest

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.phones import normal_phone


@pytest.mark.parametrize(
    "written", ["13812345678", "138 1234 5678", "+86 138-1234-5678", "+8613812345678"]
)
def test_a_phone_is_the_same_however_it_is_written(written: str) -> None:
    assert normal_phone(written) == "13812345678"


@pytest.mark.parametrize(
    "written",
    [
        "", "1381234567", "138123456789", "12812345678", "+1 13812345678", "13812345678\n",
        "13812345678\0", "１３８12345678", "٣٣812345678", "\ud800", "tel:13812345678",
    ],
)  # fmt: skip
def test_what_is_no_mobile_phone_is_refused(written: str) -> None:
    with pytest.raises(PhoneWrong):
        normal_phone(written)
