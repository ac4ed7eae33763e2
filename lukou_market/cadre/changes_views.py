"""The list of changes of all registers, for auditors; personal data in it is masked."""

import csv
import io
from datetime import date

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.kernel.history import Asked, Change, Position, find_changes, tracked_names
from lukou_market.regions.desk import desk_of

_PER_PAGE = 50
_EXPORTED = 10_000
_PEOPLE = 500
_FIRST_YEAR, _LAST_YEAR, _DIGITS_OF_BIGINT = 2000, 2999, 19


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/changes/: who changed what and when, newest first."""
    asked = _asked(request)
    changes = find_changes(asked, limit=_PER_PAGE + 1)
    more = len(changes) > _PER_PAGE
    context = {
        **admin.site.each_context(request),
        "title": _("Changes"),
        "asked": asked,
        "address": _address(asked),
        "models": tracked_names(),
        "people": User.objects.filter(is_staff=True).order_by("display_name")[:_PEOPLE],
        "changes": changes[:_PER_PAGE],
        "older": str(changes[_PER_PAGE - 1].position) if more else "",
    }
    return TemplateResponse(request, "cadre/changes.html", context)


@require_safe
def changes_export(request: HttpRequest) -> HttpResponse:
    """GET /admin/changes/export/: the same as CSV, without pages; recorded."""
    asked = _asked(request)
    subject = f"changes {_address(asked)}".strip()
    record_access(actor=request.user, action=Action.EXPORTED, subject=subject)
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    table = csv.writer(out)
    table.writerow([_("When"), _("Who"), _("Register"), _("Of what"), _("What"), _("Old → new")])
    for change in find_changes(asked, limit=_EXPORTED):
        table.writerow([_plain(cell) for cell in _cells(change)])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="changes.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _cells(change: Change) -> list[str]:
    fields = "; ".join(f"{each.name}: {each.old} → {each.new}" for each in change.fields)
    at = timezone.localtime(change.at).strftime("%Y-%m-%d %H:%M:%S")
    return [at, change.who or _("The system"), change.model, change.name, change.what, fields]


def _plain(cell: str) -> str:
    """What a spreadsheet would take for a formula is text."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell


def _asked(request: HttpRequest) -> Asked:
    """Raises Http404 for whom this is not, and BadRequest for what can't be read."""
    if not desk_of(request).sees_everything:
        raise Http404
    given = request.GET
    try:
        asked = Asked(
            model=given.get("model", ""),
            who=_person(given.get("who", "")),
            first_day=_day(given.get("from", "")),
            last_day=_day(given.get("to", "")),
            after=Position.read(given["after"]) if given.get("after") else None,
        )
    except ValueError as wrong:
        raise BadRequest("a day reads 2026-06-28") from wrong
    known = {"", *dict(tracked_names())}
    if asked.model not in known or (asked.after and asked.after.model not in known):
        raise BadRequest("unknown model")
    return asked


def _person(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) < _DIGITS_OF_BIGINT):
        raise ValueError("a person is a number")
    return int(text) if text else None


def _day(text: str) -> date | None:
    day = date.fromisoformat(text) if text else None
    if day and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError("no day of this shop")
    return day


def _address(asked: Asked) -> str:
    given = {
        "model": asked.model,
        "who": str(asked.who or ""),
        "from": str(asked.first_day or ""),
        "to": str(asked.last_day or ""),
    }
    return urlencode({name: value for name, value in given.items() if value})
