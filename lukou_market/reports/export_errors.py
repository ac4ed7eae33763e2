"""Why a report does not become a file."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class ExportTooLong(DomainError):
    """`rows` of `most`."""

    code = "export_too_long"
    status = 400
    sentence = _("That is too long for one file. Please choose a shorter period or a smaller area.")


class ExportNotReady(DomainError):
    code = "export_not_ready"
    status = 409
    sentence = _("The file is not ready yet, or it is no longer kept. Please ask for it again.")


class TooManyExports(DomainError):
    code = "too_many_exports"
    status = 429
    sentence = _("Three of your files are still being written. Please wait for one of them.")


class WriterBroke(DomainError):
    code = "export_failed"
    status = 500
    sentence = _("The file could not be written. Please ask again, or tell the administrator.")


REFUSALS = {error.code: error for error in (ExportTooLong, WriterBroke)}
"""What a failed export's `refusal` says, in words."""
