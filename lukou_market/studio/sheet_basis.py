"""What the figures of a session's sheet count (口径), in the words of the page and the export."""

from django.utils.translation import gettext_lazy as _

AUDIENCE = _(
    "Viewers: different people or browsers who opened the room while the session ran, to about "
    "one percent. Watching: people connected at once, the most in each minute. Counted by the "
    "server; nobody can change them."
)
FUNNEL = _(
    "Taps: tries to order, granted or refused. Orders: all that were placed, also those cancelled "
    "or expired later, by the minute of ordering. Paid: orders that were paid, by the minute of "
    "payment, which may come after the stream. Buyers: different people who paid."
)
MONEY = _(
    "Amount, boxes and weight: paid orders before refunds, as ordered; weight is the packages' "
    "nominal weight. Refunds: given back so far. Net: amount less refunds. In yuan. Sales are not "
    "household income."
)
