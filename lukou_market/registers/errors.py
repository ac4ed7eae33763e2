"""Why a file is not imported, in codes for programs and sentences for people."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class NotASheet(DomainError):
    code = "import_not_a_sheet"
    status = 400
    sentence = _("This is not an XLSX file. Save the workbook as .xlsx and choose it again.")


class SheetTooBig(DomainError):
    code = "import_too_big"
    status = 400
    sentence = _("The file is too big: at most 5 MB and 5,000 rows. Split it and import the parts.")


class SheetEmpty(DomainError):
    code = "import_empty"
    status = 400
    sentence = _("There is nothing below the titles.")


class TitlesDiffer(DomainError):
    code = "import_titles_differ"
    status = 400

    def __str__(self) -> str:
        missing = "、".join(self.detail["missing"])
        return _("The first row must have these titles too: %s. Take the template.") % missing


class CellsMerged(DomainError):
    code = "import_cells_merged"
    status = 400

    def __str__(self) -> str:
        cells = "、".join(self.detail["cells"])
        return _("Cells are merged: %s. Unmerge them and fill in every row.") % cells


class FileForgotten(DomainError):
    code = "import_file_forgotten"
    sentence = _("The file was checked too long ago. Choose it again.")


class PlanChanged(DomainError):
    code = "import_plan_changed"
    sentence = _("The register has changed since you looked. Nothing was written; look again.")


class HasFaults(DomainError):
    code = "import_has_faults"
    sentence = _("The file has errors. Nothing was written.")


class WarningsUnread(DomainError):
    code = "import_warnings_unread"
    sentence = _("Confirm that you have looked at what may be entered twice.")


class RegisterRefuses(DomainError):
    code = "import_refused_by_register"
    sentence = _("A rule of the register refuses this. Nothing was saved.")
