"""Hosts, their live sessions, and the offers sold in them."""

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.catalog.models import Sku
from lukou_market.kernel.triggers import frozen_columns, refusal, status_edges
from lukou_market.kernel.weight import price_per_jin_fen
from lukou_market.regions.models import Region
from lukou_market.streams.audience_models import SessionMinute
from lukou_market.streams.chat_models import BlockedWord, ChatMessage, ChatRestriction, Moderator
from lukou_market.streams.ingest_models import (
    Recording,
    Replay,
    ReplayJob,
    ReplayPart,
    SimulcastTarget,
    StreamKey,
)
from lukou_market.streams.pin_models import PinChange

__all__ = [
    "BlockedWord", "ChatMessage", "ChatRestriction", "Host", "LiveSession", "Moderator", "Offer",
    "PinChange", "Recording", "Replay", "ReplayJob", "ReplayPart", "SessionMinute",
    "SimulcastTarget", "StreamKey",
]  # fmt: skip


# Nobody talks an audience smaller; and it grows by counting only (streams/viewers.py).
_VIEWERS_COUNT_UP = pgtrigger.Trigger(
    name="live_session_viewers_count_up",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__viewers__lt=pgtrigger.F("old__viewers")),
    func=refusal("live_session_viewers_count_up"),
)
# What was said and bought is found again by its distance from this moment.
_START_STAYS = pgtrigger.Trigger(
    name="live_session_start_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__started_at__isnull=False)
    & pgtrigger.Q(old__started_at__df=pgtrigger.F("new__started_at")),
    func=refusal("live_session_start_stays"),
)

# A replay shows what the host talked about; so whatever changes the pin leaves a note of it.
_PINS_KEPT = pgtrigger.Trigger(
    name="live_session_pins_kept",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__pinned_offer__df=pgtrigger.F("new__pinned_offer")),
    func="""
        INSERT INTO streams_pinchange (session_id, offer_id, at)
        VALUES (NEW.id, NEW.pinned_offer_id, clock_timestamp());
        RETURN NULL;
    """,
)


class Host(models.Model):
    """A trained and certified host (主播)."""

    user = models.OneToOneField(User, models.PROTECT, verbose_name=_("User"))
    village = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Village"))
    certificate_number = models.CharField(_("Certificate number"), max_length=30, unique=True)
    certified_during = DateRangeField(_("Certified during"))

    class Meta:
        verbose_name = _("Host")
        verbose_name_plural = _("Hosts")
        constraints = [
            models.CheckConstraint(
                name="host_certificate_dated", condition=Q(certified_during__isempty=False)
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class LiveSession(models.Model):
    """One stream (直播场次): scheduled → live ⇄ interrupted → ended, or cancelled before."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        LIVE = "live", _("Live")
        INTERRUPTED = "interrupted", _("Interrupted")
        ENDED = "ended", _("Ended")
        CANCELLED = "cancelled", _("Cancelled")

    host = models.ForeignKey(Host, models.PROTECT, related_name="sessions", verbose_name=_("Host"))
    title = models.CharField(_("Title"), max_length=60)
    status = models.CharField(
        _("Status"), max_length=11, choices=Status, default=Status.SCHEDULED, editable=False
    )
    status_at = models.DateTimeField(
        _("In this status since"), default=timezone.now, editable=False
    )
    scheduled_at = models.DateTimeField(_("Scheduled for"))
    started_at = models.DateTimeField(_("Started at"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True, editable=False)
    pinned_offer = models.ForeignKey(
        "Offer", models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("Pinned offer"),
    )  # fmt: skip
    notice = models.CharField(_("Host's notice"), max_length=120, blank=True, editable=False)
    viewers = models.PositiveIntegerField(_("Viewers"), default=0, editable=False)

    class Meta:
        verbose_name = _("Live session")
        verbose_name_plural = _("Live sessions")
        ordering = ["-scheduled_at"]
        indexes = [models.Index(name="live_session_newest", fields=["-scheduled_at"])]
        constraints = [
            models.CheckConstraint(
                name="live_session_times",
                condition=Q(status__in=["scheduled", "cancelled"])
                | Q(status__in=["live", "interrupted"], started_at__isnull=False)
                | Q(status="ended", started_at__isnull=False, ended_at__gte=F("started_at")),
            ),
            models.UniqueConstraint(
                name="host_one_live_session",
                fields=["host"],
                condition=Q(status__in=["live", "interrupted"]),
            ),
        ]
        triggers = [
            status_edges(
                "live_session_edges", ">scheduled", "scheduled>live", "scheduled>cancelled",
                "live>interrupted", "interrupted>live", "live>ended", "interrupted>ended",
            ),
            _VIEWERS_COUNT_UP,
            _PINS_KEPT,
            _START_STAYS,
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def takes_orders(self) -> bool:
        """Live, or dropped for a moment: orders stay open while the host reconnects."""
        return self.status in (self.Status.LIVE, self.Status.INTERRUPTED)

    @property
    def has_picture(self) -> bool:
        """Somebody sends a picture to it now. It can run without: by its offers and its chat."""
        key: StreamKey | None = getattr(self, "stream_key", None)
        return self.takes_orders and key is not None and key.publisher != ""


class Offer(models.Model):
    """A package offered in a session at a price; `taken` of `quota` units are reserved or sold.

    A flash offer (秒杀) is one with `opens_at` and `closes_at`; a package may be in several.
    Until `organisations_until`, trade unions and budget units may order, on air or not.
    """

    session = models.ForeignKey(
        LiveSession, models.PROTECT, related_name="offers", verbose_name=_("Live session")
    )
    sku = models.ForeignKey(Sku, models.PROTECT, verbose_name=_("SKU"))
    price_fen = models.PositiveIntegerField(_("Price (fen)"))
    quota = models.PositiveIntegerField(_("Quota"))
    taken = models.PositiveIntegerField(_("Taken"), default=0, editable=False)
    limit_per_buyer = models.PositiveIntegerField(_("Limit per buyer"))
    opens_at = models.DateTimeField(_("Opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("Closes"), null=True, blank=True)
    paused = models.BooleanField(_("Paused"), default=False)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    organisations_until = models.DateTimeField(_("For organisations until"), null=True, blank=True)

    class Meta:
        verbose_name = _("Offer")
        verbose_name_plural = _("Offers")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                name="offer_sku_once",
                fields=["session", "sku"],
                condition=Q(closes_at__isnull=True),
            ),
            models.CheckConstraint(name="offer_price_positive", condition=Q(price_fen__gt=0)),
            models.CheckConstraint(name="offer_quota_positive", condition=Q(quota__gt=0)),
            models.CheckConstraint(name="offer_limit_positive", condition=Q(limit_per_buyer__gt=0)),
            models.CheckConstraint(
                name="offer_taken_within_quota",
                condition=Q(taken__gte=0, taken__lte=F("quota")),
            ),
            models.CheckConstraint(
                name="offer_window",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
            ),
        ]
        # Orders name their session and package through the offer.
        triggers = [frozen_columns("offer_identity_kept", "session_id", "sku_id")]

    def __str__(self) -> str:
        return str(self.sku)

    @property
    def left(self) -> int:
        """Units that can still be ordered."""
        return self.quota - self.taken

    @property
    def price_per_jin_fen(self) -> int:
        """What one 斤 costs, in fen."""
        return price_per_jin_fen(self.price_fen, self.sku.weight_g)
