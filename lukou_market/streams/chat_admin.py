"""Admin of what is said in rooms: to look at, and the words that nobody may say."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.masking import mask_shown_name
from lukou_market.regions.scoped_admin import RecordAdmin, ScopedModelAdmin
from lukou_market.regions.scoped_filters import RegionFilter
from lukou_market.streams.chat_queries import shown
from lukou_market.streams.models import BlockedWord, ChatMessage, LiveSession
from lukou_market.streams.replay_clock import offset_ms

_SESSIONS_SEARCHED = 50


@admin.register(ChatMessage)
class ChatMessageAdmin(RecordAdmin):
    """What was said in sessions of the region's hosts, hidden or not; names masked as there."""

    region_path = "session__host__village_id"
    list_display = ("said_at", "offset", "session", "who", "text", "hidden_at")
    list_filter = (RegionFilter, ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("session__host__user", "author")
    search_fields = ("title", "=id")
    search_help_text = _("The title or the number of a live session")
    ordering = ("-id",)
    fields = ("said_at", "offset", "session", "who", "text", "hidden_at", "hider")
    readonly_fields = ("offset", "who", "hider")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Of the newest sessions found, which are far fewer than messages."""
        if not search_term:
            return queryset, False
        found, _several = super().get_search_results(
            request, LiveSession.objects.order_by("-pk"), search_term
        )
        sessions = found.values_list("pk", flat=True)[:_SESSIONS_SEARCHED]
        return queryset.filter(session__in=list(sessions)), False

    @admin.display(description=_("After the start"))
    def offset(self, message: ChatMessage) -> str:
        """How long after the session's start: hours, minutes, seconds."""
        offset = offset_ms(message.session, message.said_at) or 0
        minutes, seconds = divmod(offset // 1000, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"

    @admin.display(description=_("Author"))
    def who(self, message: ChatMessage) -> str:
        """The author's name as the room shows it."""
        return shown(message)["who"]

    @admin.display(description=_("Hidden by"))
    def hider(self, message: ChatMessage) -> str:
        """The name, masked, of who hid the message."""
        return mask_shown_name(message.hidden_by.display_name) if message.hidden_by else "-"


@admin.register(BlockedWord)
class BlockedWordAdmin(ScopedModelAdmin):
    """The list of words; it holds for the whole district."""

    list_display = ("word",)
    search_fields = ("word",)
    ordering = ("word",)
