"""Records are read in Chinese, whatever their subject; what people wrote stays as they wrote it."""

import pytest
from django.utils.translation import override

from lukou_market.access_log.words import in_words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("staff sign-in village", "干部登录：village"),
        ("staff sign-in with an unknown name", "用不存在的用户名登录工作台"),
        ("statement of household 430212101001-0007", "农户 430212101001-0007 的明白卡"),
        ("flag 12 of order LK260628-1: cleared", "可疑销售 12（订单 LK260628-1）：放行"),
        (
            "village report 430212101001 2026-06 v1 reviewed",
            "村级月报 430212101001 2026-06 v1：审核",
        ),
        ("aid sales 2026-01 to 2026-06", "助销额 2026-01 至 2026-06"),
        ("report lines 2026-06–2026-06 all csv", "订单明细：2026-06–2026-06 all csv"),
        ("password from 127.0.0.1", "密码，来自 127.0.0.1"),
    ],
)
def test_what_is_written_in_english_is_read_in_chinese(written: str, read: str) -> None:
    with override("zh-hans"):
        assert in_words(written) == read


@pytest.mark.parametrize(
    "reason", ["手机丢失，已当面核实", "asked for by the member, from page 2", "code", "100%"]
)
def test_what_people_wrote_stays(reason: str) -> None:
    with override("zh-hans"):
        assert in_words(reason) == reason


def test_names_stay_names() -> None:
    with override("zh-hans"):
        assert in_words("second factor of page") == "动态码绑定：page"
