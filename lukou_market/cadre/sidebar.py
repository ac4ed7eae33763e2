"""The admin's sidebar: the report first, then what the person may look at, by subject."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lukou_market.access_log.models import AccessRecord
from lukou_market.accounts.models import PasswordTries, User
from lukou_market.aid.lot_models import LotWait
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.cadre.periods import sees_periods
from lukou_market.catalog.models import HarvestLot, Product, Sku
from lukou_market.fulfilment.models import Claim, Shipment
from lukou_market.households.models import (
    AidProject,
    BenefitLink,
    Farmer,
    Household,
    HouseholdMember,
    Producer,
)
from lukou_market.orders.models import Order, ShippingRate, Voucher, VoucherUse
from lukou_market.organisations.models import Organisation
from lukou_market.payments.models import (
    BalanceMovement,
    BankTransfer,
    Discrepancy,
    Dispute,
    Payment,
    PaymentNotice,
    Payout,
    Refund,
    WebhookEvent,
)
from lukou_market.payouts.models import BankAccount, PayoutBatch, PayoutFile, PayoutLine
from lukou_market.regions.desk import desk_of
from lukou_market.regions.models import Region
from lukou_market.reports.kinds import Kind
from lukou_market.reports.models import AidTarget
from lukou_market.screening.models import DeclaredRelation
from lukou_market.streams.models import BlockedWord, ChatMessage, Host, LiveSession, Offer
from lukou_market.village_reports.models import Deputy

Group = tuple[Promise, dict[type[Model], str]]

_GROUPS: tuple[Group, ...] = (
    (
        _("Registers"),
        {
            Household: "home",
            HouseholdMember: "group",
            Farmer: "agriculture",
            Producer: "storefront",
            BenefitLink: "link",
            AidProject: "construction",
            Region: "map",
        },
    ),
    (
        _("Goods and streams"),
        {
            Product: "nutrition",
            Sku: "package_2",
            HarvestLot: "inventory_2",
            LotWait: "hourglass_empty",
            LiveSession: "live_tv",
            Offer: "sell",
            Host: "mic",
            ChatMessage: "forum",
            BlockedWord: "block",
        },
    ),
    (
        _("Orders and money"),
        {
            Order: "receipt_long",
            Shipment: "local_shipping",
            Claim: "broken_image",
            ShippingRate: "price_change",
            Voucher: "redeem",
            VoucherUse: "fact_check",
            Payment: "payments",
            PaymentNotice: "request_quote",
            BankTransfer: "account_balance_wallet",
            Refund: "currency_exchange",
            Dispute: "gavel",
            Discrepancy: "difference",
            Payout: "account_balance",
            BalanceMovement: "sync_alt",
            WebhookEvent: "webhook",
        },
    ),
    (
        _("Pay-outs"),
        {
            PayoutBatch: "account_balance",
            PayoutLine: "list_alt",
            BankAccount: "credit_card",
            PayoutFile: "history",
        },
    ),
    (_("Screening"), {DeclaredRelation: "diversity_3"}),
    (_("Totals"), {AidTarget: "flag", ProducerTotal: "bar_chart", HouseholdTotal: "savings"}),
    (_("People"), {User: "person", Deputy: "supervisor_account", Organisation: "groups"}),
    (_("Safety"), {AccessRecord: "policy", PasswordTries: "lock"}),
)

_REPORT_ICONS = {
    Kind.CHANNEL: "hub",
    Kind.TARGET: "flag",
    Kind.STREAM: "live_tv",
    Kind.HOUSEHOLD: "diversity_3",
    Kind.COVERAGE: "donut_large",
    Kind.LINES: "receipt_long",
}


_CHANGES: dict[str, Any] = {"title": _("Changes"), "icon": "manage_history"}
_BOOK = (
    (_("Journals"), "menu_book", "admin:ledger_journal_changelist"),
    (_("Transfers"), "swap_horiz", "admin:ledger_transfer_changelist"),
    (_("Accounts"), "account_tree", "admin:ledger_account_changelist"),
)
_IMPORTS: dict[str, Any] = {"title": _("Import registers"), "icon": "upload_file"}


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Unfold's SIDEBAR navigation for the person who looks."""
    report = {
        "title": _("Aid sales"),
        "icon": "monitoring",
        "link": reverse("cadre:aid-sales"),
    }
    projects = {
        "title": _("Aid projects and their coverage"),
        "icon": "construction",
        "link": reverse("cadre:projects"),
    }
    start = {"title": _("Overview"), "icon": "dashboard", "link": reverse("admin:index")}
    periods = {"title": _("Closing months"), "icon": "lock", "link": reverse("cadre:periods")}
    villages = {
        "title": _("Village reports"),
        "icon": "approval",
        "link": reverse("cadre:village-reports"),
    }
    closing = [periods] if sees_periods(desk_of(request)) else []
    notices = {
        "title": _("Public notices"),
        "icon": "campaign",
        "link": reverse("cadre:notices"),
    }
    objections = {"title": _("Objections"), "icon": "feedback", "link": reverse("cadre:objections")}
    screened = {"title": _("Flagged sales"), "icon": "flag", "link": reverse("cadre:screening")}
    reports = [
        report,
        *_reports(),
        villages,
        *closing,
        notices,
        objections,
        screened,
        projects,
        start,
    ]
    groups = [(title, _items(request, models)) for title, models in _GROUPS]
    if desk_of(request).keeps_registers:
        groups[0][1].append(_IMPORTS | {"link": reverse("cadre:imports")})
    if desk_of(request).sees_everything:
        groups[0][1].append(_CHANGES | {"link": reverse("cadre:changes")})
        groups.append((_("The book"), _linked(_BOOK)))
    mine = {"title": _("My sign-ins"), "icon": "devices", "link": reverse("cadre:sign-ins")}
    return [
        {"title": _("Reports"), "items": reports},
        *({"title": title, "separator": True, "items": items} for title, items in groups if items),
        {"title": _("My account"), "separator": True, "items": [mine]},
    ]


def _linked(entries: Iterable[tuple[Promise, str, str]]) -> list[dict[str, Any]]:
    return [{"title": title, "icon": icon, "link": reverse(page)} for title, icon, page in entries]


def _reports() -> list[dict[str, Any]]:
    kinds = [
        {"title": kind.label, "icon": icon, "link": reverse("cadre:report", args=[kind.value])}
        for kind, icon in _REPORT_ICONS.items()
    ]
    files = {"title": _("My exports"), "icon": "download", "link": reverse("cadre:exports")}
    return [*kinds, files]


def _items(request: HttpRequest, models: dict[type[Model], str]) -> list[dict[str, Any]]:
    return [
        {
            "title": model._meta.verbose_name_plural,
            "icon": icon,
            "link": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
        }
        for model, icon in models.items()
        if admin.site.get_model_admin(model).has_view_permission(request)
    ]
