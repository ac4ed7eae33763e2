"""The edge, as the hooks see it."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

SECRET = "only the edge knows"


class Edge:
    """Asks and tells as nginx-rtmp does, about one connection after another."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._client = Client(headers={"X-Edge-Secret": SECRET})
        self._monkeypatch = monkeypatch

    def at(self, now: datetime) -> "Edge":
        """What comes from here on comes at this moment."""
        self._monkeypatch.setattr(timezone, "now", lambda: now)
        return self

    def publish(self, name: str, connection: int = 1) -> int:
        """The status of the answer to "may this picture come in?"."""
        answer = self.ask("publish", name=name, clientid=connection, app="live", type="live")
        if answer.status_code == 302:
            assert answer.headers["Location"] == name.partition("-")[0]
        return int(answer.status_code)

    def update(self, name: str, connection: int = 1) -> int:
        return int(self.ask("update", name=name, clientid=connection).status_code)

    def done(self, name: str, connection: int = 1) -> int:
        return int(self.ask("publish-done", name=name, clientid=connection).status_code)

    def recorded(self, name: str, path: object) -> int:
        return int(self.ask("record-done", name=name, clientid=1, path=str(path)).status_code)

    def ask(self, hook: str, **fields: Any) -> Any:
        return self._client.post(f"/internal/edge/{hook}/", fields)
