"""Figures as people want them: 元 or 万元, kg or 斤; the same on the page, in files, on paper."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from lukou_market.reports.sheet import Cell, Unit


class Money(models.TextChoices):
    """Units of money."""

    YUAN = "yuan", _("yuan")
    WAN = "wan", _("10,000 yuan")


class Weight(models.TextChoices):
    """Units of weight."""

    KG = "kg", _("kg")
    JIN = "jin", _("jin")


_MONEY = {Money.YUAN: (100, 2), Money.WAN: (1_000_000, 4)}
_WEIGHT = {Weight.KG: (1000, 3), Weight.JIN: (500, 3)}


@dataclass(frozen=True, slots=True)
class Display:
    """The units chosen."""

    money: Money = Money.YUAN
    weight: Weight = Weight.KG

    def number(self, cell: int, unit: Unit) -> Decimal:
        """The exact number in the chosen unit; basis points as percent."""
        return Decimal(cell) / self._scale(unit)[0]

    def text(self, cell: Cell, unit: Unit) -> str:
        """As it is read: 763800000 fen → '7,638,000.00' yuan, or '763.8000' 万元."""
        if cell is None:
            return "—"
        if isinstance(cell, str):
            return cell
        places = self.places(unit)
        number = self.number(cell, unit).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return f"{number:,}"

    def places(self, unit: Unit) -> int:
        """How many decimals are shown."""
        return self._scale(unit)[1]

    def word(self, unit: Unit) -> str:
        """What follows a column's title."""
        words = {Unit.FEN: self.money.label, Unit.GRAMS: self.weight.label, Unit.BP: "%"}
        return str(words.get(unit, ""))

    def _scale(self, unit: Unit) -> tuple[int, int]:
        fixed = {Unit.COUNT: (1, 0), Unit.BP: (100, 2), Unit.TEXT: (1, 0)}
        return {Unit.FEN: _MONEY[self.money], Unit.GRAMS: _WEIGHT[self.weight], **fixed}[unit]
