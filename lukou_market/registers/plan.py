"""What an import would change, row by row, before anything is written."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from lukou_market.accounts.models import User
from lukou_market.kernel.spreadsheet import Fault


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's old and new value as a screen may show them: personal data is masked."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one thing of the register: new, changed or, without `fields`, the same."""

    row: int
    name: str
    is_new: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether the register says this already."""
        return not self.is_new and not self.fields


@dataclass(slots=True)
class Plan:
    """Usable only without `faults`; `warnings` must be confirmed. `write` does all of it."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    writes: list[Callable[[User], None]] = field(default_factory=list)

    def refuse(self, row: int, title: str, sentence: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(row, title, sentence))

    @property
    def new(self) -> list[Change]:
        """What would be added."""
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[Change]:
        """What would be changed."""
        return [change for change in self.changes if change.fields and not change.is_new]

    @property
    def same(self) -> list[Change]:
        """What would stay."""
        return [change for change in self.changes if change.is_same]

    @property
    def changes_nothing(self) -> bool:
        """Whether the register says all of it already."""
        return not self.faults and len(self.same) == len(self.changes)

    @property
    def digest(self) -> str:
        """Equal for plans that would do the same."""
        said = [
            (c.row, c.name, c.is_new, [(f.title, f.old, f.new) for f in c.fields])
            for c in self.changes
        ]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()


def differences(
    titles: "dict[str, str]", old: "dict[str, str]", new: "dict[str, str]"
) -> tuple[FieldChange, ...]:
    """The fields that differ, by their titles."""
    return tuple(
        FieldChange(title, old[name], new[name])
        for name, title in titles.items()
        if old[name] != new[name]
    )
