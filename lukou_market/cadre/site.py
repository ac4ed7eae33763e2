"""The admin site: open to superusers, auditors and cadres, and to nobody else."""

from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite

from lukou_market.regions.desk import desk_of


class DeskSite(UnfoldAdminSite):  # type: ignore[misc]
    """Unfold's site for those who have a desk: being staff alone does not open it."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may enter any page below /admin/."""
        return desk_of(request).is_manned
