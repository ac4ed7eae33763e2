"""The reports there are, as addresses and exports name them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is reported."""

    CHANNEL = "channel", _("Sales by channel")
    TARGET = "target", _("Targets and completion")
    STREAM = "stream", _("Stream report")
    HOUSEHOLD = "household", _("Household income")
    COVERAGE = "coverage", _("Coverage by projects")
    LINES = "lines", _("Order lines of the period")


STATEMENTS = "statements"
EXPORTED = [*Kind.choices, (STATEMENTS, _("Statement cards"))]
"""What is taken away as a file: the reports, and a village's statement cards."""


class FileFormat(models.TextChoices):
    """What a report is taken away as."""

    XLSX = "xlsx", "Excel"
    CSV = "csv", "CSV"
    PDF = "pdf", "PDF"
