"""The admin site: open to superusers, auditors and cadres, and to nobody else."""

from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from unfold.sites import UnfoldAdminSite

from lukou_market.regions.desk import desk_of


class DeskSite(UnfoldAdminSite):  # type: ignore[misc]
    """Unfold's site for those who have a desk: being staff alone does not open it."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may enter any page below /admin/."""
        return desk_of(request).is_manned

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The sign-in page; it always knows where to go next, which unfold's form leaves out."""
        if request.method == "GET" and REDIRECT_FIELD_NAME not in request.GET:
            start = {REDIRECT_FIELD_NAME: reverse("admin:index")}
            return redirect(reverse("admin:login", query=start))
        response: HttpResponse = super().login(request, extra_context)
        return response
