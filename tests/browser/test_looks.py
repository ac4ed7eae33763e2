"""The checks of a page's looks: each finds what is wrong, and nothing else."""

from playwright.sync_api import Page

from tests.browser.looks import complaints_of, grave, not_chinese, too_wide

_GOOD = """<!doctype html><html lang="zh-Hans"><title>账目</title><main><h1>账目</h1>
<p>导出 Excel，订单 LK20260628AB，校验值 00ffab，登录名 xiaoming。</p></main>"""
_BAD = """<!doctype html><html><title>Report</title><main><h1>账目</h1>
<p style="width: 5000px">in_transit</p><img src="data:,"><b title="No picture">图</b>
<script>console.error("broken")</script></main>"""


def test_a_page_that_is_well_has_nothing_found(page: Page) -> None:
    complaints = complaints_of(page)
    page.set_content(_GOOD)
    assert too_wide(page) == grave(page) == complaints == []
    assert not_chinese(page, names=["xiaoming"]) == []


def test_whatever_is_wrong_is_named(page: Page) -> None:
    complaints = complaints_of(page)
    page.set_content(_BAD)
    assert too_wide(page)[0].endswith(" px")
    assert not_chinese(page) == ["No", "Report", "in_transit", "picture"]
    assert {found.partition(":")[0] for found in grave(page)} == {"html-has-lang", "image-alt"}
    assert [words for words in complaints if "broken" in words]
