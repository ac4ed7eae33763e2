"""How badly webhooks are delivered, on demand: real networks do all of this at times."""

import random
from dataclasses import dataclass
from typing import Any

from .errors import ParameterError

CHANCES = ("drop", "duplicate", "reorder", "delay")
DEFAULTS: dict[str, float] = {**dict.fromkeys(CHANCES, 0), "delay_s": 2, "seed": 0}


@dataclass(frozen=True)
class Fate:
    """What happens to one event on its way."""

    drop: bool = False
    duplicate: bool = False
    reorder: bool = False
    delay_s: float = 0


class Misbehaviour:
    """Draws each event's fate; the same seed and events give the same fates."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = read_settings(settings)
        self._random = random.Random(self.settings["seed"])

    def draw(self) -> Fate:
        # One draw for each chance, so that changing one leaves the others' sequence alone.
        drop, duplicate, reorder, delay = (
            self._random.random() < self.settings[chance] for chance in CHANCES
        )
        return Fate(drop, duplicate, reorder, self.settings["delay_s"] if delay else 0)


def read_settings(given: dict[str, Any]) -> dict[str, float]:
    """The given settings over the defaults. Raises ParameterError naming the bad one."""
    for name, value in given.items():
        if name not in DEFAULTS:
            message = f"Received unknown parameter: {name}"
            raise ParameterError(message, param=name, code="parameter_unknown")
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not number or value < 0 or (name in CHANCES and value > 1):
            raise ParameterError(f"Invalid {name}: {value!r}", param=name)
    return {**DEFAULTS, **given}
