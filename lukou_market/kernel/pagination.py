"""Cursor pagination: constant cost however long the list has grown."""

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Twenty rows a page, newest first, no total (a total would read the whole list)."""

    ordering = "-id"

    def decode_cursor(self, request: Any) -> Any:
        """The place to go on from; a cursor that we did not make is not found."""
        cursor = super().decode_cursor(request)
        position = cursor.position if cursor else None
        if position is not None and not (str(position).isdecimal() and len(str(position)) < 19):
            raise NotFound(self.invalid_cursor_message)
        return cursor
