"""A first and a last day, as two date inputs."""

from django.db.backends.postgresql.psycopg_any import DateRange
from django.forms import MultiWidget
from unfold.widgets import UnfoldAdminSingleDateWidget


class DateRangeWidget(MultiWidget):
    """Input of a date range; like PostgreSQL's, the second date is the day after the last."""

    template_name = "unfold/widgets/split_datetime.html"

    def __init__(self) -> None:
        super().__init__([UnfoldAdminSingleDateWidget(), UnfoldAdminSingleDateWidget()])

    def decompress(self, value: DateRange | None) -> list[object]:
        return [value.lower, value.upper] if value else [None, None]
