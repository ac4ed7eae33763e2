"""Provinces, cities and counties, and addresses as people write them."""

import pytest

from lukou_market.addresses.divisions import divisions_in, full_name, locate, parts_of
from lukou_market.addresses.parse_line import WrittenAddress, parse_line


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("湖南省株洲市天元区黄河北路 1 号", "湖南省株洲市天元区", "黄河北路 1 号"),
        ("湖南 株洲 天元区 黄河北路", "湖南省株洲市天元区", "黄河北路"),
        ("北京朝阳区建国路", "北京市朝阳区", "建国路"),
        ("北京市北京市海淀区", "北京市海淀区", ""),
        ("新疆乌鲁木齐市天山区", "新疆维吾尔自治区乌鲁木齐市天山区", ""),
        ("吉林市船营区", "吉林省吉林市船营区", ""),
        ("河南省济源市", "河南省济源市", ""),
        ("重庆市城口县", "重庆市城口县", ""),
        ("湖南省株洲市", "湖南省株洲市", ""),
    ],
)
def test_an_address_begins_with_its_place(text: str, name: str, rest: str) -> None:
    located = locate(text)
    assert located is not None
    assert (full_name(located.code), located.rest) == (name, rest)


@pytest.mark.parametrize("text", ["", "某地", "北京路 3 号", "中山路 1 号", "天元区"])
def test_a_street_named_after_a_city_is_no_place(text: str) -> None:
    assert locate(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "王小明 13800001111 江苏省南京市鼓楼区中山路1号",
        "王小明13800001111江苏省南京市鼓楼区中山路1号",
        "江苏省南京市鼓楼区中山路1号\uff0c王小明\uff0c+86 138-0000-1111",
        "收货人\uff1a王小明 手机号码: 138 0000 1111 所在地区: 江苏省南京市鼓楼区 地址: 中山路1号",
    ],
)
def test_a_copied_line_is_taken_apart(line: str) -> None:
    assert parse_line(line) == WrittenAddress("王小明", "13800001111", "320106", "中山路1号")


def test_what_is_not_understood_is_left_in_the_street() -> None:
    assert parse_line("中山路 1 号 13800001111") == WrittenAddress(
        "", "13800001111", "", "中山路 1 号"
    )


def test_every_city_lies_in_a_province_and_every_county_in_a_city() -> None:
    provinces = divisions_in()
    cities = [city for province in provinces for city in divisions_in(province.code)]
    counties = [county for city in cities for county in divisions_in(city.code)]
    assert len(provinces) == 34 and len(cities) > 300 and len(counties) > 2800
    assert all(len(parts_of(county.code)) == 3 for county in counties)
    assert parts_of("999999") == []
