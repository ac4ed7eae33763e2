"""Lists of members as spreadsheets."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from lukou_market.organisations.address_list import template
from lukou_market.organisations.models import Organisation
from tests.factories import make_region, make_user

Cells = Sequence[Any]


def member(n: int) -> list[Any]:
    return [f"成员{n}", f"138{n:08d}", f"湖南省株洲市天元区黄河北路 {n} 号", 1 + n % 2]


def filled(rows: Sequence[Cells]) -> BytesIO:
    """The template with these rows, as an office would send it."""
    book = load_workbook(BytesIO(template()))
    for row in rows:
        book.worksheets[0].append(list(row))
    out = BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "list.xlsx"
    return out


def make_organisation(kind: str = "trade_union", **terms: Any) -> Organisation:
    values = {
        "region": make_region("430212000000"),
        "name": "株洲市总工会",
        "credit_code": "81430200MC1234567X",
        "manager": make_user("经办人"),
        "yearly_budget_fen": 100_000_00,
        "target_bp": 3000,
    }
    return Organisation.objects.create(kind=kind, **(values | terms))
