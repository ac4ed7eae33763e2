"""Cursor pagination: constant cost however long the list has grown."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Twenty rows a page, newest first, no total (a total would read the whole list)."""

    ordering = "-id"
