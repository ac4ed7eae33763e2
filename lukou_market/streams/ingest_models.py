"""A host's picture: the key it comes with, its recordings, and where else it goes."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.triggers import append_only, frozen_columns


class StreamKey(models.Model):
    """What a phone's picture is let in with: one for each session, replaced on demand.

    `publisher` is the edge's number of the connection that sends now, or empty; `seen_at` is
    when the edge last said that it still does.
    """

    session = models.OneToOneField(
        "LiveSession", models.PROTECT, primary_key=True, related_name="stream_key"
    )
    secret = EncryptedTextField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    publisher = models.CharField(max_length=40, blank=True, default="", editable=False)
    publishing_since = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stream_key_publisher_dated",
                condition=Q(publisher="", publishing_since__isnull=True, seen_at__isnull=True)
                | ~Q(publisher="")
                & Q(publishing_since__isnull=False, seen_at__isnull=False)
                & Q(seen_at__gte=F("publishing_since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"


class Recording(models.Model):
    """A file the edge has written, named "<session id>-….flv" in MEDIA_DIR/recordings.

    Somebody measures it when `measure_at` has passed; None: that is done, or given up.
    """

    session = models.ForeignKey("LiveSession", models.PROTECT, related_name="recordings")
    file = models.CharField(max_length=120, unique=True)
    found_at = models.DateTimeField()
    measure_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                name="recording_to_measure",
                fields=["measure_at"],
                condition=Q(measure_at__isnull=False),
            )
        ]
        triggers = [frozen_columns("recording_kept", "session_id", "file")]

    def __str__(self) -> str:
        return self.file


class ReplayPart(models.Model):
    """A recording of one unbroken picture; a session that was interrupted has several."""

    session = models.ForeignKey("LiveSession", models.PROTECT, related_name="replay_parts")
    file = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    length_ms = models.PositiveIntegerField()

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.CheckConstraint(name="replay_part_has_length", condition=Q(length_ms__gt=0))
        ]
        triggers = append_only("replay_part_kept")

    def __str__(self) -> str:
        return self.file


class Replay(models.Model):
    """All parts of an ended session, one after another, ready to be watched."""

    session = models.OneToOneField(
        "LiveSession", models.PROTECT, primary_key=True, related_name="replay"
    )
    length_ms = models.PositiveIntegerField(_("Length (ms)"))
    made_at = models.DateTimeField(_("Made at"))

    def __str__(self) -> str:
        return f"{self.session_id}"


class ReplayJob(models.Model):
    """A replay to be made, or made again because a part came late: by whoever finds it due."""

    session = models.OneToOneField(
        "LiveSession", models.PROTECT, primary_key=True, related_name="replay_job"
    )
    due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.session_id}"


class SimulcastTarget(models.Model):
    """Another platform that a host's picture is sent on to; its address contains its key.

    `state` is what the process that sends found last: empty while there is no picture.
    """

    class State(models.TextChoices):
        IDLE = "", _("no picture to send")
        TRYING = "trying", _("connecting")
        SENDING = "sending", _("sending")
        AWAY = "away", _("can't be reached")

    host = models.ForeignKey("Host", models.CASCADE, related_name="simulcast_targets")
    name = models.CharField(_("Platform"), max_length=30)
    address = EncryptedTextField(_("RTMP address"))
    active = models.BooleanField(_("Active"), default=True)
    state = models.CharField(max_length=10, choices=State, default="", blank=True, editable=False)

    class Meta:
        verbose_name = _("Simulcast")
        verbose_name_plural = _("Simulcasts")
        constraints = [
            models.UniqueConstraint(name="simulcast_name_once", fields=["host", "name"]),
            models.CheckConstraint(
                name="simulcast_state_known",
                condition=Q(state__in=["", "trying", "sending", "away"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name
