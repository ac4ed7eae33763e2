"""Look at a file: what is wrong with it, row by row, and what it would change. Writes nothing."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers.errors import SheetTooBig
from lukou_market.registers.kinds import Kind
from lukou_market.registers.plan import Plan
from lukou_market.registers.sheet import MOST_BYTES, read_sheet


@dataclass(frozen=True, slots=True)
class Checked:
    """A file by its hash, and the plan of its import."""

    sha256: str
    plan: Plan


def check_import(*, kind: Kind, content: bytes, place: Jurisdiction) -> Checked:
    """Plan the import of a file into the registers of a jurisdiction.

    Raises SheetTooBig, NotASheet, CellsMerged, TitlesDiffer, SheetEmpty.
    """
    if len(content) > MOST_BYTES:
        raise SheetTooBig
    sheet = read_sheet(BytesIO(content), kind.columns)
    plan = kind.plan(sheet.rows, place)
    # What a household lacks because its row can't be read is no fault of its own: cells first.
    plan.faults = sorted(sheet.faults or plan.faults, key=lambda fault: fault.row)
    plan.notices = sheet.notices
    return Checked(hashlib.sha256(content).hexdigest(), plan)
