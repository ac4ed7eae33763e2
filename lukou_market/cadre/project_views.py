"""The page of industry-aid projects by level, with whom they cover."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lukou_market.cadre.basis import PROJECTS
from lukou_market.cadre.project_coverage import project_coverage
from lukou_market.households.models import AidProject
from lukou_market.regions.desk import desk_of


@require_safe
def projects_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/projects/: every project of the person's region."""
    now = timezone.now()
    labels = dict(AidProject.ProjectLevel.choices)
    groups = project_coverage(desk_of(request).jurisdiction, now=now)
    context = {
        **admin.site.each_context(request),
        "title": _("Aid projects and their coverage"),
        "groups": [(labels[group.level], group) for group in groups],
        "basis": PROJECTS,
        "now": now,
    }
    return TemplateResponse(request, "cadre/projects.html", context)
