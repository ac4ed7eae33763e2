"""The admin site: open to superusers, auditors and cadres, and to nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from lukou_market.accounts.record_sign_ins import record_sign_out
from lukou_market.accounts.staff_session import note_seen
from lukou_market.cadre.staff_sign_in import password_step
from lukou_market.regions.desk import desk_of

_View = Callable[..., HttpResponse]


class DeskSite(UnfoldAdminSite):  # type: ignore[misc]
    """Unfold's site for those who have a desk: being staff alone does not open it."""

    index_title = _("Overview")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may enter any page below /admin/."""
        return desk_of(request).is_manned

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:
        """The view for those with a desk; notes that their session is in use."""

        @wraps(view)
        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            note_seen(request, now=timezone.now())
            return view(request, *args, **kwargs)

        inner: _View = super().admin_view(seen, cacheable)
        return inner

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name and password; the second step follows on its own page."""
        return password_step(request)

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Leave; recorded."""
        if request.method == "POST":
            record_sign_out(request.user)
        response: HttpResponse = super().logout(request, extra_context)
        return response
