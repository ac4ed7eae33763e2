"""Why a picture from the browser is not taken."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class NoIngest(DomainError):
    code = "no_ingest"
    sentence = _("This shop is not set up to show a picture.")


class NoSuchPicture(DomainError):
    """An address that is none of ours."""

    code = "not_found"
    status = 404
    sentence = _("There is nothing here.")


class PermitRefused(DomainError):
    """Missing, forged, or made for another session."""

    code = "permit_refused"
    status = 403
    sentence = _("This page may not send a picture into this session.")


class PermitExpired(DomainError):
    """Ask for a new one and send the same chunk again."""

    code = "permit_expired"
    status = 403
    sentence = _("The permit to send a picture has run out.")


class ChunkTooLarge(DomainError):
    code = "chunk_too_large"
    status = 413
    sentence = _("This piece of the picture is too large.")


class UnknownContainer(DomainError):
    code = "unknown_container"
    status = 415
    sentence = _("Only WebM and MP4 are taken.")


class ChunkMissing(DomainError):
    """`expected` is the number of the chunk that comes next."""

    code = "chunk_missing"
    sentence = _("A piece of the picture is missing before this one.")


class TakeEnded(DomainError):
    """ffmpeg is gone or nothing came for a while: begin a new take."""

    code = "take_ended"
    status = 410
    sentence = _("This take is over.")


class TakeReplaced(TakeEnded):
    """Another page, or a later take of the same one, sends now."""

    code = "take_replaced"
    sentence = _("Another camera sends into this session now.")


class CameraFull(DomainError):
    code = "camera_full"
    status = 503
    sentence = _("Too many phones send their picture through the browser now.")
