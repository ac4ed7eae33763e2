"""Everything the stand-in knows, kept in memory and in an append-only journal of JSON lines."""

import json
from pathlib import Path
from typing import Any, BinaryIO

Json = dict[str, Any]


class Store:
    """Objects by kind and id. An object is replaced, never changed in place, so that an event
    keeps the state it was made with. The caller holds the lock.
    """

    def __init__(self, folder: Path | None) -> None:
        self._kinds: dict[str, dict[str, Json]] = {}
        self._unwritten: list[Json] = []
        self._replaced: list[tuple[str, str, Json | None]] = []
        self._journal: BinaryIO | None = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._journal = self._open(folder / "journal.jsonl")

    def get(self, kind: str, object_id: str) -> Json | None:
        return self._kinds.get(kind, {}).get(object_id)

    def find(self, object_id: str) -> Json | None:
        """The object with this id, whatever its kind."""
        return next((rows[object_id] for rows in self._kinds.values() if object_id in rows), None)

    def newest_first(self, kind: str) -> list[Json]:
        return list(reversed(self._kinds.get(kind, {}).values()))

    def put(self, thing: Json) -> Json:
        """Add the object or replace the one with its id; written by the next `commit`."""
        before = self.get(thing["object"], thing["id"])
        self._replaced.append((thing["object"], thing["id"], before))
        self._remember(thing)
        self._unwritten.append(thing)
        return thing

    def commit(self) -> None:
        """Write what was put as one line: after a crash either all of it is there or nothing."""
        if self._unwritten:
            self._write({"put": self._unwritten})
            self._unwritten, self._replaced = [], []

    def roll_back(self) -> None:
        """Undo what was put since the last `commit`."""
        for kind, object_id, before in reversed(self._replaced):
            if before is None:
                del self._kinds[kind][object_id]
            else:
                self._remember(before)
        self._unwritten, self._replaced = [], []

    def delivered(self, event_id: str) -> None:
        """The event has reached its receiver and is no longer owed."""
        self._settle(event_id)
        self._write({"delivered": event_id})

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()

    def _open(self, path: Path) -> BinaryIO:
        journal = path.open("a+b")
        journal.seek(0)
        whole = 0
        for line in journal:
            if not line.endswith(b"\n"):
                break
            self._replay(json.loads(line))
            whole += len(line)
        # A process killed while writing leaves half a line; the next one must not grow onto it.
        journal.truncate(whole)
        return journal

    def _replay(self, entry: Json) -> None:
        for thing in entry.get("put", ()):
            self._remember(thing)
        if "delivered" in entry:
            self._settle(entry["delivered"])

    def _remember(self, thing: Json) -> None:
        self._kinds.setdefault(thing["object"], {})[thing["id"]] = thing

    def _settle(self, event_id: str) -> None:
        self._remember({**self._kinds["event"][event_id], "pending_webhooks": 0})

    def _write(self, entry: Json) -> None:
        # A sender may finish a delivery while we stop: the event is then simply sent again.
        if self._journal is not None and not self._journal.closed:
            line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
            self._journal.write(line.encode() + b"\n")
            self._journal.flush()
