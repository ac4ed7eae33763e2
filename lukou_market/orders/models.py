"""Orders, their lines, and the append-only history that the book is posted from."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.catalog.models import Sku
from lukou_market.households.models import Producer
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.triggers import (
    NO_PARENT,
    frozen_columns,
    never_removed,
    parents_exist,
    refusal,
    refused_update,
    starts_as,
    status_edges,
)
from lukou_market.orders.direct_sale_models import DirectReversal, DirectSale
from lukou_market.orders.invoice_models import Invoice
from lukou_market.orders.notice_models import BuyerNotice, NoTexts
from lukou_market.orders.parent_models import (
    OrderedOffer,
    OrderedProducer,
    OrderedSession,
    OrderedSku,
)
from lukou_market.orders.receipt_models import ReceiptLink
from lukou_market.orders.shipping_models import ShippingRate
from lukou_market.orders.tap_models import OfferTaps
from lukou_market.orders.voucher_models import Voucher, VoucherUse
from lukou_market.streams.models import LiveSession, Offer

__all__ = [
    "BY_LIST", "BuyerNotice", "Channel", "DirectReversal", "DirectSale", "Invoice", "NoTexts",
    "OfferTaps", "Order", "OrderEvent", "OrderLine", "OrderedOffer", "OrderedProducer",
    "OrderedSession", "OrderedSku",
    "ReceiptLink", "ShippingRate", "Status", "Voucher", "VoucherUse",
]  # fmt: skip


class Channel(models.TextChoices):
    """Where a sale comes from (渠道)."""

    LIVESTREAM = "livestream", _("Livestream")
    TRADE_UNION = "trade_union", _("Trade union purchase")
    BUDGET_UNIT = "budget_unit", _("Budget unit purchase")
    PLATFORM_832 = "platform_832", _("832 platform")
    OFFLINE = "offline", _("Offline")


BY_LIST = (Channel.TRADE_UNION, Channel.BUDGET_UNIT)
"""Channels whose orders are an organisation's lists of members."""


class Status(models.TextChoices):
    """An order's life: placed → paid → packed → shipped → received → completed."""

    PLACED = "placed", _("Waiting for payment")
    PAID = "paid", _("Paid")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("Shipped")
    RECEIVED = "received", _("Received")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")
    REFUNDED = "refunded", _("Refunded")


class Order(models.Model):
    """A buyer's order, made by `place_order`; it moves along the edges below.

    Without a session it is a direct sale, written down afterwards by
    `record_direct_sales`: the producer handed the goods over and has the money itself.
    """

    # Collated by bytes, one index finds a number and the numbers that begin so.
    number = models.CharField(_("Order number"), max_length=20, db_collation="C", editable=False)
    buyer = models.ForeignKey(
        User, models.PROTECT, related_name="orders", verbose_name=_("Buyer"), db_index=False
    )
    session = models.ForeignKey(
        LiveSession, models.PROTECT, related_name="orders", verbose_name=_("Live session"),
        db_index=False, db_constraint=False, null=True,
    )  # fmt: skip
    channel = models.CharField(
        _("Channel"), max_length=12, choices=Channel, default=Channel.LIVESTREAM
    )
    status = models.CharField(_("Status"), max_length=9, choices=Status, default=Status.PLACED)
    status_at = models.DateTimeField(_("In this status since"))
    total_fen = models.PositiveBigIntegerField(_("Total (fen)"))
    # Settled at the checkout, not when the order is placed: the gate knows goods only.
    shipping_fen = models.PositiveBigIntegerField(_("Shipping (fen)"), default=0, db_default=0)
    discount_fen = models.PositiveBigIntegerField(_("Discount (fen)"), default=0, db_default=0)
    refunded_fen = models.PositiveBigIntegerField(_("Refunded (fen)"), default=0)
    idempotency_key = models.CharField(max_length=80, editable=False)
    body_hash = models.BinaryField(max_length=32, editable=False)
    placed_at = models.DateTimeField(_("Placed at"))
    pay_by = models.DateTimeField(_("Pay by"))
    paid_at = models.DateTimeField(_("Paid at"), null=True)
    ship_by = models.DateTimeField(_("Promised to leave by"), null=True)
    recipient = EncryptedTextField(_("Recipient"), default="", blank=True)
    recipient_phone = EncryptedTextField(_("Recipient's phone"), default="", blank=True)
    address = EncryptedTextField(_("Address"), default="", blank=True)

    class Meta:
        verbose_name = _("Order")
        verbose_name_plural = _("Orders")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="order_due_to_expire", fields=["pay_by"], condition=Q(status="placed")
            ),
            models.Index(
                name="order_due_receipt", fields=["status_at"], condition=Q(status="shipped")
            ),
            models.Index(
                name="order_due_to_leave",
                fields=["ship_by"],
                condition=Q(status__in=["paid", "packed"]),
            ),
            models.Index(name="order_of_buyer", fields=["buyer", "-id"]),
            models.Index(name="order_of_session", fields=["session", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(name="order_number", fields=["number"]),
            models.UniqueConstraint(
                name="order_idempotency_key", fields=["buyer", "idempotency_key"]
            ),
            models.CheckConstraint(name="order_total_positive", condition=Q(total_fen__gt=0)),
            models.CheckConstraint(
                name="order_refund_within_total",
                condition=Q(
                    refunded_fen__gte=0,
                    refunded_fen__lte=F("total_fen") + F("shipping_fen") - F("discount_fen"),
                ),
            ),
            models.CheckConstraint(
                name="order_paid_when_moving",
                condition=Q(status__in=["placed", "cancelled", "expired"])
                | Q(paid_at__isnull=False),
            ),
            models.CheckConstraint(
                name="order_refunded_whole",
                condition=~Q(status="refunded")
                | Q(refunded_fen=F("total_fen") + F("shipping_fen") - F("discount_fen")),
            ),
            models.CheckConstraint(
                name="order_charges",
                condition=Q(
                    shipping_fen__gte=0, discount_fen__gte=0, discount_fen__lt=F("total_fen")
                ),
            ),
            models.CheckConstraint(
                name="order_address_when_paid",
                condition=Q(status__in=["placed", "cancelled", "expired", "refunded"])
                | ~Q(address="")
                | Q(session=None),
            ),
            models.CheckConstraint(
                name="order_direct_or_through_the_shop",
                condition=Q(session__isnull=False)
                | Q(shipping_fen=0, discount_fen=0) & ~Q(channel="livestream"),
            ),
        ]
        triggers = [
            parents_exist(
                "order_session_exists", "session_id IS NOT NULL", session_id="streams_livesession"
            ),
            starts_as("order_starts_placed", "status", "placed"),
            status_edges(
                "order_edges", "placed>paid", "placed>cancelled", "placed>expired",
                "expired>paid", "paid>packed", "packed>shipped", "shipped>received",
                "received>completed", "paid>refunded", "packed>refunded", "shipped>refunded",
                "received>refunded", "completed>refunded", "paid>received",
            ),
            refused_update(
                "order_edges_of_direct_sales",
                "OLD.status = 'paid' AND NEW.status = 'received' AND NEW.session_id IS NOT NULL",
                "only a direct sale is handed over at once",
            ),
            frozen_columns(
                "order_terms_kept", "number", "buyer_id", "session_id", "channel", "total_fen",
                "idempotency_key", "body_hash", "placed_at",
            ),
            frozen_columns(
                "order_charges_kept", "shipping_fen", "discount_fen",
                unless="OLD.status = 'placed'",
            ),
            pgtrigger.Trigger(
                name="order_discount_is_a_vouchers",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("NEW.status = 'paid' AND NEW.discount_fen <> 0"),
                func=f"""
                    IF NOT EXISTS (SELECT FROM orders_voucheruse WHERE order_id = NEW.id
                                   AND holds AND off_fen = NEW.discount_fen) THEN
                        {refusal("order_discount_is_a_vouchers", "no voucher pays for it")}
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="order_history_kept",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func="""
                    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)
                    VALUES (NEW.id, NEW.status, 0, NEW.status_at,
                            NEW.status NOT IN ('paid', 'received'));
                    RETURN NULL;
                """,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def goes_by_list(self) -> bool:
        """Whether it goes to an organisation's list of members: charged when it was placed."""
        return self.channel in BY_LIST and not self.is_direct

    @property
    def is_direct(self) -> bool:
        """Whether its money went to the producer, and not through the shop."""
        return self.session_id is None

    @property
    def due_fen(self) -> int:
        """What the buyer pays, in fen: the goods and their shipping, less the discount."""
        return self.total_fen + self.shipping_fen - self.discount_fen

    @property
    def goods_due_fen(self) -> int:
        """What the buyer pays for the goods, in fen."""
        return self.total_fen - self.discount_fen

    @property
    def net_fen(self) -> int:
        """What the buyer has paid and not got back, in fen; 0 before payment."""
        return self.due_fen - self.refunded_fen if self.paid_at else 0


class OrderLine(models.Model):
    """One offer in an order, with what it was when ordered: price, weight, producer."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("Order"))
    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="lines", verbose_name=_("Offer"),
        db_index=False, db_constraint=False, null=True,
    )  # fmt: skip
    buyer = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Buyer"),
        db_index=False, db_constraint=False,
    )  # fmt: skip
    sku = models.ForeignKey(
        Sku, models.PROTECT, related_name="+", verbose_name=_("SKU"),
        db_index=False, db_constraint=False,
    )  # fmt: skip
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="+", verbose_name=_("Producer"),
        db_index=False, db_constraint=False,
    )  # fmt: skip
    quantity = models.PositiveIntegerField(_("Quantity"))
    price_fen = models.PositiveIntegerField(_("Price (fen)"))
    weight_g = models.PositiveIntegerField(_("Weight (g)"))
    total_fen = models.PositiveBigIntegerField(_("Total (fen)"))
    holds_stock = models.BooleanField(_("Holds stock"), default=True)
    # Units that a carrier has taken along; parcels count them (`fulfilment.models.Shipment`).
    shipped_quantity = models.PositiveIntegerField(_("Units shipped"), default=0, db_default=0)

    class Meta:
        verbose_name = _("Order line")
        verbose_name_plural = _("Order lines")
        indexes = [
            # The per-buyer limit: what the buyer's live orders of an offer add up to.
            models.Index(
                name="order_line_buyer_limit",
                fields=["offer", "buyer"],
                include=["quantity"],
                condition=Q(holds_stock=True),
            ),
            # A village's orders, and one of its producers'.
            models.Index(name="order_line_of_producer", fields=["producer", "order"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="order_line_quantity_positive", condition=Q(quantity__gt=0)
            ),
            models.CheckConstraint(
                name="order_line_shipped_within_quantity",
                condition=Q(shipped_quantity__gte=0, shipped_quantity__lte=F("quantity")),
            ),
            models.CheckConstraint(name="order_line_weight_positive", condition=Q(weight_g__gt=0)),
            models.CheckConstraint(
                name="order_line_total",
                condition=Q(total_fen=F("price_fen") * F("quantity"), price_fen__gt=0),
            ),
            models.CheckConstraint(
                name="order_line_direct_or_of_an_offer",
                condition=Q(offer__isnull=False) | Q(holds_stock=False),
            ),
        ]
        triggers = [
            parents_exist(
                "order_line_parents_exist", "offer_id IS NOT NULL", offer_id="streams_offer",
                sku_id="catalog_sku", producer_id="households_producer",
            ),
            parents_exist(
                "order_line_direct_parents_exist", "offer_id IS NULL", sku_id="catalog_sku",
                producer_id="households_producer",
            ),
            # So a line's buyer needs no foreign key: the order's has one.
            pgtrigger.Trigger(
                name="order_line_of_its_buyer",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="new_rows"),  # type: ignore[no-untyped-call]
                func=f"""
                    IF EXISTS (SELECT FROM new_rows JOIN orders_order bought ON bought.id = order_id
                               WHERE bought.buyer_id <> new_rows.buyer_id) THEN
                        {refusal("order_line_of_its_buyer", "not their order", kind=NO_PARENT)}
                    END IF;
                    RETURN NULL;
                """,
            ),
            frozen_columns(
                "order_line_terms_kept", "order_id", "offer_id", "buyer_id", "sku_id",
                "producer_id", "quantity", "price_fen", "weight_g", "total_fen",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sku} × {self.quantity}"


class OrderEvent(models.Model):
    """What happened to an order, in order; never changed but for `posted`.

    Written by the trigger on `Order.status` and, for money given back, by `record_refund`:
    `amount_fen` went to the buyer, `shipping_fen` of it from the shipping, and what is left, with
    the `discount_fen` that goes back to who granted it, from the goods; `by_transfer` it left our
    bank account, else Stripe. A worker posts payments, receipts and refunds to the book and then
    sets `posted`. From HELD to RELEASED the sale stands outside the totals, under suspicion.
    """

    REFUND = "refund"
    HELD, RELEASED = "held", "released"

    order = models.ForeignKey(Order, models.PROTECT, related_name="events", verbose_name=_("Order"))
    kind = models.CharField(
        _("Event"), max_length=9, choices=[
            *Status.choices, (REFUND, _("Refund")), (HELD, _("Held by screening")),
            (RELEASED, _("Released by screening")),
        ],
    )  # fmt: skip
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"), default=0)
    shipping_fen = models.PositiveBigIntegerField(_("Shipping (fen)"), default=0, db_default=0)
    discount_fen = models.PositiveBigIntegerField(_("Discount (fen)"), default=0, db_default=0)
    by_transfer = models.BooleanField(_("By bank transfer"), default=False, db_default=False)
    occurred_at = models.DateTimeField(_("Happened at"))
    posted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Order event")
        verbose_name_plural = _("Order events")
        ordering = ["id"]
        indexes = [
            models.Index(name="order_event_to_post", fields=["id"], condition=Q(posted=False)),
            models.Index(
                name="order_event_refunds", fields=["occurred_at"], condition=Q(kind="refund")
            ),
            models.Index(
                name="order_event_holds",
                fields=["order", "-id"],
                condition=Q(kind__in=["held", "released"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="order_event_once",
                fields=["order", "kind"],
                condition=~Q(kind__in=["refund", "held", "released"]),
            ),
            models.CheckConstraint(
                name="order_event_amount",
                condition=Q(kind="refund", amount_fen__gt=0)
                | (~Q(kind="refund") & Q(amount_fen=0)),
            ),
            models.CheckConstraint(
                name="order_event_parts",
                condition=Q(
                    shipping_fen__gte=0,
                    discount_fen__gte=0,
                    shipping_fen__lte=F("amount_fen") + F("discount_fen"),
                )
                & (Q(kind="refund") | Q(shipping_fen=0, discount_fen=0)),
            ),
        ]
        triggers = [
            frozen_columns(
                "order_event_kept", "order_id", "kind", "amount_fen", "shipping_fen",
                "discount_fen", "by_transfer", "occurred_at",
            ),
            *never_removed("order_event_stays"),
            pgtrigger.Trigger(
                name="order_event_told",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.kind IN ('shipped', 'refund')"),
                func="""
                    INSERT INTO orders_buyernotice
                        (order_id, event_id, kind, amount_fen, made_at, text_due_at)
                    SELECT o.id, NEW.id, NEW.kind, NEW.amount_fen, NEW.occurred_at, NEW.occurred_at
                    FROM orders_order o WHERE o.id = NEW.order_id AND o.session_id IS NOT NULL;
                    RETURN NULL;
                """,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order}: {self.get_kind_display()}"
