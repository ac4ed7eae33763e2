"""Files to import, filled in as an office would, and their import."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.db import connection
from openpyxl import Workbook, load_workbook

from lukou_market.accounts.models import User
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers.apply_import import apply_import
from lukou_market.registers.check_import import Checked, check_import
from lukou_market.registers.kinds import KINDS
from lukou_market.registers.models import ImportRun
from tests.factories import NOW

TOWN_A, VILLAGE_A = "区划430212101000", "区划430212101001"
DISTRICT = Jurisdiction(("430212",))

HEAD: dict[str, Any] = {
    "乡镇": TOWN_A,
    "行政村": VILLAGE_A,
    "户编号": "4302121010010001",
    "户主姓名": "王大山",
    "姓名": "王大山",
    "证件号码": "430212197001011234",
    "与户主关系": "户主",
    "健康状况": "健康",
    "劳动技能": "普通劳动力",
    "务工月数": "6",
    "户类型": "低保户",
    "主要致贫原因": "因病",
    "其他致贫原因": "缺技术、缺资金",
    "有劳动能力且有意愿": "是",
}
SPOUSE = HEAD | {
    "姓名": "李小梅",
    "证件号码": "43021219720202234X",
    "与户主关系": "配偶",
    "健康状况": "长期慢性病",
    "劳动技能": "弱劳动力或半劳动力",
    "务工月数": "",
}
SALE: dict[str, Any] = {
    "单据号": "GH-2026-001",
    "销售日期": "2026-06-10",
    "渠道": "工会采购",
    "购买单位": "区总工会",
    "经营主体": "浦湾合作社",
    "产品": "甜瓜",
    "规格": "一箱",
    "件数": "10",
    "重量（公斤）": "25",
    "金额（元）": "400",
    "发票或合同号": "发票 12345678",
}


def workbook(kind: str, *rows: Mapping[str, Any]) -> bytes:
    """The kind's template with these rows in it."""
    titles = [column.title for column in KINDS[kind].columns]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(titles)
    for row in rows:
        sheet.append([row.get(title) or None for title in titles])
    return saved(book)


def changed(content: bytes, change: Any) -> bytes:
    """The file after `change` was made to its sheet."""
    book = load_workbook(BytesIO(content))
    change(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def look(kind: str, content: bytes, place: Jurisdiction = DISTRICT) -> Checked:
    return check_import(kind=KINDS[kind], content=content, place=place)


def carry_out(
    kind: str, content: bytes, by: User, place: Jurisdiction = DISTRICT, *, read: bool = False
) -> ImportRun | None:
    """Look at it and confirm."""
    return apply_import(
        kind=KINDS[kind], content=content, file_name=f"{kind}.xlsx", place=place,
        seen_digest=look(kind, content, place).plan.digest, warnings_read=read, by=by, now=NOW,
    )  # fmt: skip


def faults(kind: str, *rows: Mapping[str, Any], place: Jurisdiction = DISTRICT) -> set[Any]:
    """Row and title of each fault."""
    found = look(kind, workbook(kind, *rows), place).plan.faults
    return {(fault.row, fault.title) for fault in found}


def everything() -> dict[str, int]:
    """How many rows each table has, and how often its rows were written."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*), coalesce(max(xmin::text::bigint), 0) FROM "{table}"')
            counts[table] = cursor.fetchall()[0]
    return counts
