"""Admin of what is said in rooms: to look at, and the words that nobody may say."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.masking import mask_shown_name
from lukou_market.regions.scoped_admin import RecordAdmin, ScopedModelAdmin
from lukou_market.regions.scoped_filters import RegionFilter
from lukou_market.streams.chat_queries import shown
from lukou_market.streams.models import BlockedWord, ChatMessage
from lukou_market.streams.replay_clock import offset_ms


@admin.register(ChatMessage)
class ChatMessageAdmin(RecordAdmin):
    """What was said in sessions of the region's hosts, hidden or not; names masked as there."""

    region_path = "session__host__village_id"
    list_display = ("said_at", "offset", "session", "who", "text", "hidden_at")
    list_filter = (RegionFilter, ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("session__host__user", "author")
    search_fields = ("session__title", "=session__id")
    search_help_text = _("The title or the number of a live session")
    ordering = ("-id",)
    fields = ("said_at", "offset", "session", "who", "text", "hidden_at", "hider")
    readonly_fields = ("offset", "who", "hider")

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
