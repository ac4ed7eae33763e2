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
    "yuan. Pending: shares of sales not yet received, as of now, over all months; not yet aid."
)
