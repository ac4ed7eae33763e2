"""What each group of figures counts (口径), in the words of the page and of the export."""

from django.utils.translation import gettext_lazy as _

SALES = _(
    "Sales by producers located here: paid orders less refunds, in the months in which they were "
    "booked, in yuan. Pending: paid and not yet received, as of now, over all months. "
    "Sales are not household income."
)
CREDITS = _(
    "Credited to households living here: their shares of received sales by the benefit links in "
    "force when ordered, less what refunds took back, in yuan. Pending: shares of sales not yet "
    "received, as of now, over all months; not yet aid."
)
