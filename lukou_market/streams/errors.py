"""Why something in a live session is refused."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class SessionNotFound(DomainError):
    code = "session_not_found"
    status = 404
    sentence = _("This live session does not exist.")


class OfferNotFound(DomainError):
    code = "offer_not_found"
    status = 404
    sentence = _("This offer does not exist.")


class HostNotCertified(DomainError):
    code = "host_not_certified"
    status = 403
    sentence = _("Only hosts with a valid certificate may go live.")


class HostAlreadyLive(DomainError):
    code = "host_already_live"
    sentence = _("This host is live in another session.")


class SessionStatusWrong(DomainError):
    """A step that does not lead on from the session's present status."""

    code = "session_status_wrong"
    sentence = _("The session has moved on; this step is not possible now.")


class SkuAlreadyOffered(DomainError):
    code = "sku_already_offered"
    sentence = _("This package is already offered in the session.")


class OfferTermsWrong(DomainError):
    code = "offer_terms_wrong"
    status = 400
    sentence = _("Price, quota and limit must be positive, and an offer closes after it opens.")


class StreamKeyWrong(DomainError):
    """The edge offers a picture whose name is no running session's."""

    code = "stream_key_wrong"
    status = 403
    sentence = _("This stream key is not valid.")


class AlreadyPublishing(DomainError):
    """Another connection sends the session's picture."""

    code = "already_publishing"
    sentence = _("The picture of this session already comes from another device.")


class PictureNeverCame(DomainError):
    """A connection announced a picture and then sent none."""

    code = "picture_never_came"
    status = 403
    sentence = _("No picture has come over this connection.")


class SimulcastAddressWrong(DomainError):
    """No RTMP address with an application and a key, or one that ffmpeg could misread."""

    code = "simulcast_address_wrong"
    status = 400
    sentence = _("The address must look like rtmp://server/app/key, in one piece.")


class SimulcastNameTaken(DomainError):
    code = "simulcast_name_taken"
    sentence = _("You have a platform of this name already.")


class SimulcastNameWrong(DomainError):
    code = "simulcast_name_wrong"
    status = 400
    sentence = _("A platform's name has 1 to 30 characters.")


class TooManySimulcasts(DomainError):
    code = "too_many_simulcasts"
    sentence = _("A picture goes to four other platforms at most.")


class RecordingNotOurs(DomainError):
    """The edge names a file that is no recording, or another session's."""

    code = "recording_not_ours"
    status = 403
    sentence = _("This is no recording of the session.")


class NoticeTooLong(DomainError):
    code = "notice_too_long"
    status = 400
    sentence = _("A notice has at most 120 characters.")
