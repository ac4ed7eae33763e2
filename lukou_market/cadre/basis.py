"""What each group of figures counts (口径), in the words of the page and of the export."""

from django.utils.translation import gettext_lazy as _

SALES = _(
    "Sales by producers located here: paid orders by month of payment, refunds by month of refund, "
    "in yuan. Pending: paid and not yet received, as of now, over all months. "
    "Sales are not household income."
)
CREDITS = _(
    "Credited to households living here: their shares of received sales by month of receipt, along "
    "the benefit links in force when ordered, less what refunds took back by month of refund, in "
    "yuan. Pending: shares of sales not yet received, as of now, over all months; not yet aid. "
    "Paid out: confirmed by the bank, by month of confirmation, over all channels."
)
TRACE = _(
    "Each line is an order line and what one event of it changed for this household, by the rule "
    "in force when the order was placed: expected when paid, credited when received, taken back by "
    "a refund. The book pays a household one sum for a whole batch of orders; below each batch "
    "stand the lines it pays. The lines of all pages add up to the figures above, to the fen."
)
ORDER_TRACE = _(
    "Each party's part of each order line, by the rule in force when the order was placed, after "
    "refunds. Before payment the parts are planned, before receipt they are pending and no aid, "
    "after it credited. A household's transfer pays for a whole batch of orders, of which this "
    "is one."
)
MONTH = _(
    "Sales: paid orders by month of payment, less refunds by month of refund, of producers located "
    "here. Credited, pending, paid out: of households living here; pending is what their shares of "
    "sales not yet received added up to at the end of the month. Sales are not household income. "
    "Households reached: those the month credited something, of all registered here."
)
PROGRESS = _(
    "Net sales of the year up to the end of the month, beside the approved target for the whole "
    "year. Area: net sales. Shade: how much of the target is done."
)
WEEKS = _(
    "Paid orders by day of payment, refunds by day of refund; weeks begin on Monday, the last one "
    "ends with the month, or today."
)
PROJECTS = _(
    "Covered: households entered for the project that live in your region, and their people. "
    "Benefiting: households that the rules in force of the project's producers name, one by one "
    "or as members of a pool. A household in several projects counts in each, and once in the sum."
)
