"""What the stand-in for carriers remembers, in a file of JSON lines that survives a restart."""

import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

_SERIALS = 10**8
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


@dataclass
class Journal:
    """Numbers by reference, and when each number was first asked about and at what pace."""

    path: Path | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    lives: dict[str, tuple[datetime, float]] = field(default_factory=dict)
    _serial: int = field(default_factory=lambda: secrets.randbelow(_SERIALS))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.path and self.path.exists():
            for line in self.path.read_text().splitlines():
                self._apply(json.loads(line))

    def number_of(self, reference: str) -> str:
        """The parcel's number: a new one for a reference that was never booked."""
        with self._lock:
            if reference not in self.numbers:
                serial = (self._serial + 1) % _SERIALS
                self._write({"reference": reference, "serial": serial})
            return self.numbers[reference]

    def life_of(self, number: str, now: datetime, step_s: float) -> tuple[datetime, float]:
        """Since when the parcel travels, and how many seconds a step takes it."""
        with self._lock:
            if number not in self.lives:
                self._write({"number": number, "since": now.isoformat(), "step_s": step_s})
            return self.lives[number]

    def _write(self, entry: dict[str, str | int | float]) -> None:
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a") as file:
                file.write(json.dumps(entry) + "\n")
        self._apply(entry)

    def _apply(self, entry: dict[str, str | int | float]) -> None:
        if "reference" in entry:
            self._serial = int(entry["serial"])
            self.numbers[str(entry["reference"])] = ems_number(self._serial)
        else:
            since = datetime.fromisoformat(str(entry["since"]))
            self.lives[str(entry["number"])] = (since, float(entry["step_s"]))


def ems_number(serial: int) -> str:
    """As on a waybill of EMS: eight digits and their check digit (UPU S10)."""
    digits = f"{serial:08d}"
    sum_ = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    check = {10: 0, 11: 5}.get(11 - sum_ % 11, 11 - sum_ % 11)
    return f"EA{digits}{check}CN"
