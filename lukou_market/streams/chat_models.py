"""What is said in a room, and who may not say it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import frozen_columns, kept_for_years


class ChatMessage(models.Model):
    """Somebody's words, kept for three years; hidden ones are not shown any more, but kept.

    Source of the three years: the rules for livestream marketing of 2021 (网络直播营销管理办法).
    """

    session = models.ForeignKey(
        "LiveSession", models.PROTECT, related_name="chat", verbose_name=_("Live session")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Author")
    )
    text = models.CharField(_("Message"), max_length=120)
    said_at = models.DateTimeField(_("Said at"), default=timezone.now)
    hidden_at = models.DateTimeField(_("Hidden at"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Hidden by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("Chat message")
        verbose_name_plural = _("Chat messages")
        ordering = ["id"]
        indexes = [
            models.Index(name="chat_of_session", fields=["session", "-id"]),
            models.Index(name="chat_by_age", fields=["said_at"]),
            models.Index(name="chat_of_author", fields=["author", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(name="chat_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="chat_hidden_by_somebody",
                condition=Q(hidden_at__isnull=True, hidden_by__isnull=True)
                | Q(hidden_at__gte=F("said_at"), hidden_by__isnull=False),
            ),
        ]
        triggers = [
            frozen_columns("chat_kept", "session_id", "author_id", "text", "said_at"),
            *kept_for_years("chat_kept_three_years", 3, since="said_at"),
        ]

    def __str__(self) -> str:
        return self.text


class ChatRestriction(models.Model):
    """A person who may not chat with a host: muted until a moment, or banned for good."""

    host = models.ForeignKey("Host", models.PROTECT, related_name="chat_restrictions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Person")
    )
    until = models.DateTimeField(_("Until"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Made by")
    )
    made_at = models.DateTimeField(_("Made at"), default=timezone.now)

    class Meta:
        verbose_name = _("Chat restriction")
        verbose_name_plural = _("Chat restrictions")
        constraints = [
            models.UniqueConstraint(name="chat_restriction_once", fields=["host", "person"]),
            models.CheckConstraint(
                name="chat_restriction_lasts",
                condition=Q(until__isnull=True) | Q(until__gt=F("made_at")),
            ),
            models.CheckConstraint(
                name="chat_restriction_of_another", condition=~Q(person=F("made_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Moderator(models.Model):
    """Somebody whom a host trusts to hide words and mute people in all of the host's rooms."""

    host = models.ForeignKey("Host", models.CASCADE, related_name="moderators")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Person")
    )

    class Meta:
        verbose_name = _("Moderator")
        verbose_name_plural = _("Moderators")
        constraints = [models.UniqueConstraint(name="moderator_once", fields=["host", "person"])]

    def __str__(self) -> str:
        return f"{self.person}"


class BlockedWord(models.Model):
    """A word that no message may contain, whatever stands between its characters."""

    word = models.CharField(_("Word"), max_length=30, unique=True)

    class Meta:
        verbose_name = _("Blocked word")
        verbose_name_plural = _("Blocked words")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """A word of signs alone would be looked for in vain."""
        if not any(map(str.isalnum, self.word)):
            raise ValidationError({"word": _("A word has letters or digits.")})
