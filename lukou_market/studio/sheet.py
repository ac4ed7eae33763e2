"""A session's sheet: a page to read or print, and the workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lukou_market.studio.access import HostRequest, for_hosts, own_session
from lukou_market.studio.export_session_sheet import XLSX, export_session_sheet
from lukou_market.studio.minute_chart import minute_chart
from lukou_market.studio.session_sheet import session_sheet
from lukou_market.studio.sheet_basis import AUDIENCE, FUNNEL, MONEY


@never_cache
@require_GET
@for_hosts
def sheet(request: HostRequest, session_id: int) -> HttpResponse:
    """The figures of the session, each with its basis."""
    mine, now = own_session(request.host, session_id), timezone.now()
    context = {
        "sheet": session_sheet(mine, now=now),
        "chart": minute_chart(mine, now=now),
        "basis": {"audience": AUDIENCE, "funnel": FUNNEL, "money": MONEY},
    }
    return render(request, "studio/sheet.html", context)


@never_cache
@require_GET
@for_hosts
def workbook(request: HostRequest, session_id: int) -> HttpResponse:
    """The same for Excel."""
    made = session_sheet(own_session(request.host, session_id), now=timezone.now())
    name = f'attachment; filename="session-{session_id}.xlsx"'
    return HttpResponse(
        export_session_sheet(made), content_type=XLSX, headers={"Content-Disposition": name}
    )
