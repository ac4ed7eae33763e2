"""What stands above a report's tables: place, month, basis, who signed, and the remark."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from lukou_market.kernel.money import yuan
from lukou_market.village_reports.content import Content
from lukou_market.village_reports.models import ReportStep, VillageReport


def title_of(content: Content) -> str:
    """The report's heading."""
    return _("%(place)s: report of %(month)s") % {
        "place": content.header["place"],
        "month": content.header["month"],
    }


def lines_of(report: VillageReport, content: Content, steps: Iterable[ReportStep]) -> list[str]:
    """One sentence each."""
    return list(_lines(report, content, steps))


def _lines(report: VillageReport, content: Content, steps: Iterable[ReportStep]) -> Iterator[str]:
    total = content.total
    yield _(
        "Net sales %(sales)s yuan; credited to households, net, %(credited)s yuan; "
        "registered households %(registered)s, of these covered by projects %(covered)s."
    ) % {
        "sales": yuan(total["gross_fen"] - total["refunded_fen"]),
        "credited": yuan(total["credited_fen"] - total["reversed_fen"]),
        "registered": content.registered,
        "covered": content.covered,
    }
    yield _("Sales are not household income. Amounts in yuan; months are those of China's time.")
    yield from content.header["basis"].values()
    if content.remark:
        yield _("Remark of the village: %(text)s") % {"text": content.remark}
    for step in steps:
        yield step_words(step)
    yield _("Version %(version)s, SHA-256 %(sha256)s") % {
        "version": report.version,
        "sha256": report.sha256,
    }


def step_words(step: ReportStep) -> str:
    """Who did what, for whom, and when."""
    names = {
        "what": step.get_action_display(),
        "who": step.by.display_name,
        "when": f"{timezone.localtime(step.at):%Y-%m-%d %H:%M}",
    }
    if step.acting_for is None:
        return _("%(what)s: %(who)s, %(when)s") % names
    names["whom"] = step.acting_for.display_name
    return _("%(what)s: %(who)s for %(whom)s, %(when)s") % names
