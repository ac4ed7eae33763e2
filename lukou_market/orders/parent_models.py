"""What orders refer to stays while they do.

Foreign keys would ask for the same hot row once for each order; `parents_exist` on orders and
lines asks once for each batch, and these triggers are its other half. They stand here, on proxies,
because the tables know nothing of orders.
"""

from lukou_market.catalog.models import Sku
from lukou_market.households.models import Producer
from lukou_market.kernel.triggers import kept_while_referred
from lukou_market.streams.models import LiveSession, Offer


class OrderedSession(LiveSession):
    """A live session, as orders refer to it."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = kept_while_referred("session_of_orders_kept", "orders_order", "session_id")


class OrderedOffer(Offer):
    """An offer, as order lines refer to it."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = kept_while_referred("offer_of_lines_kept", "orders_orderline", "offer_id")


class OrderedSku(Sku):
    """A SKU, as order lines refer to it."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = kept_while_referred("sku_of_lines_kept", "orders_orderline", "sku_id")


class OrderedProducer(Producer):
    """A producer, as order lines refer to it."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = kept_while_referred("producer_of_lines_kept", "orders_orderline", "producer_id")
