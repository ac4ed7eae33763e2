"""Admin of sign-in locks: whose sign-in is locked, and unlocking it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from lukou_market.accounts.ask_page import user_of
from lukou_market.accounts.lock_out import unlock
from lukou_market.accounts.models import PasswordTries
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import RecordAdmin


@admin.register(PasswordTries)
class PasswordTriesAdmin(RecordAdmin):
    """For superusers and auditors; a superuser lets somebody try again."""

    list_display = ("who", "address", "failures", "since", "locked_until")
    list_select_related = ("user",)
    ordering = ("-since",)
    fields = ("who", "address", "failures", "since", "locked_until")
    readonly_fields = ("who",)
    actions = ("unlock_chosen",)

    @admin.display(description=_("User"))
    def who(self, tries: PasswordTries) -> str:
        """A name that nobody has was not kept."""
        if tries.user is None:
            return str(_("unknown name"))
        name = tries.user.username
        return f"{tries.user} ({name})" if name else str(tries.user)

    def has_unlock_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers."""
        return desk_of(request).is_superuser

    @action(description=_("Unlock"), permissions=["unlock"])  # type: ignore[untyped-decorator]
    def unlock_chosen(self, request: HttpRequest, chosen: QuerySet[PasswordTries]) -> None:
        """They may try again at once."""
        for tries in chosen.select_related("user"):
            unlock(tries=tries, by=user_of(request))
        messages.success(request, _("Unlocked."))
