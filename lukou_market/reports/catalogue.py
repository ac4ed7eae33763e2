"""The reports there are: how each is called, what it counts, and how it is worked out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lukou_market.reports.channel_report import channel_report
from lukou_market.reports.coverage_report import coverage_report
from lukou_market.reports.household_report import household_report
from lukou_market.reports.kinds import Kind
from lukou_market.reports.line_report import line_report
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Sheet
from lukou_market.reports.stream_report import stream_report
from lukou_market.reports.target_report import target_report


@dataclass(frozen=True, slots=True)
class Report:
    """`basis` is what its figures count (口径); a long one is written by a worker.

    One of sales names what screening holds of them.
    """

    ask: Callable[[Question], Sheet]
    basis: Promise
    is_long: bool = False
    is_of_sales: bool = True


REPORTS = {
    Kind.CHANNEL: Report(
        channel_report,
        _(
            "Sales of producers located here. Paid: paid orders by month of payment. Refunds: by "
            "month of refund. Received: by month of receipt, before later refunds. Certified: "
            "products whose certificate was valid on the day of payment, or for refunds of refund; "
            "the other columns are of all products. Shipped goods aren't a basis of any figure. "
            "Products sold by several channels count once in the total. Sales are not household "
            "income."
        ),
    ),
    Kind.TARGET: Report(
        target_report,
        _(
            "Net sales (paid by month of payment less refunds by month of refund, all products) "
            "from January to the last month chosen, against the newest approved target of that "
            "year. Rank by completion; regions without an approved target have none. The total's "
            "target is the one approved for the region itself, not the sum of those below."
        ),
    ),
    Kind.STREAM: Report(
        stream_report,
        _(
            "Streams that began in the period, hosted from here. Viewers: different people, to "
            "about one percent; most watching at once: the highest minute. Orders, weight and "
            "money: paid orders of the stream, whenever paid; refunds whenever given. Weight is "
            "the packages' nominal weight before refunds."
        ),
    ),
    Kind.HOUSEHOLD: Report(
        household_report,
        _(
            "Credited: shares of received sales by month of receipt, less what refunds took back "
            "by month of refund. Pending: paid and not yet received, as of now; not yet income. "
            "Paid out: confirmed by the bank, over all channels. Streams it took part in are "
            "household-times and never added to households. Own net sales are sales, not income."
        ),
        is_long=True,
    ),
    Kind.COVERAGE: Report(
        coverage_report,
        _(
            "The registers as they stand now, whatever period and channel: registered households "
            "without general farming households; covered: in at least one aid project, each "
            "household and person once."
        ),
        is_of_sales=False,
    ),
    Kind.LINES: Report(
        line_report,
        _(
            "Each order line of producers located here, by the day it was paid, before refunds, "
            "without sales that are held by screening. Buyers aren't named."
        ),
        is_long=True,
    ),
}
