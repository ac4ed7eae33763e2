"""Pages of the screening: flagged sales, what speaks for it, who clears them, and the rules."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.accounts.second_factor import confirm_second_factor
from lukou_market.cadre.ask import choice_asked
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.orders.models import Order
from lukou_market.regions.desk import desk_of
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.screening.change_rule import change_rule
from lukou_market.screening.decide_flag import decide_flag, deciding_unit
from lukou_market.screening.errors import NoSuchOrder
from lukou_market.screening.evidence import evidence_of
from lukou_market.screening.models import FlagDecision, Rule, SaleFlag, ScreeningRule
from lukou_market.screening.raise_flags import raise_by_hand
from lukou_market.screening.record_traits import villages_of
from lukou_market.screening.rules_in_force import FIRST, PARAMETERS, rules_in_force

FLAGS_PER_PAGE = 50


@require_safe
def flags_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/screening/?status=open&rule=…&before=…: flags of the subtree, newest first."""
    _let_in(request)
    status = choice_asked(request, "status", SaleFlag.Status.values)
    rule = choice_asked(request, "rule", Rule.values)
    flags = _flags(request).filter(pk__lt=_before(request))
    flags = flags.filter(status=status) if status else flags
    flags = flags.filter(rule=rule) if rule else flags
    page = list(flags[: FLAGS_PER_PAGE + 1])
    context = {
        **admin.site.each_context(request),
        "title": _("Flagged sales"),
        "flags": page[:FLAGS_PER_PAGE],
        "next": page[FLAGS_PER_PAGE - 1].pk if len(page) > FLAGS_PER_PAGE else None,
        "status": status,
        "rule": rule,
        "statuses": SaleFlag.Status.choices,
        "rules": Rule.choices,
        "may_raise": desk_of(request).keeps_registers,
    }
    return TemplateResponse(request, "cadre/screening_flags.html", context)


@require_safe
def flag_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /admin/screening/12/: one flag, the sales side by side, and the decision."""
    _let_in(request)
    flag = get_object_or_404(_flags(request), pk=pk)
    record_access(
        actor=request.user,
        action=Action.LOOKED,
        subject=f"flag {flag.pk} of order {flag.order.number}",
        region_code=flag.village_id,
        reason=_("Screening: sales side by side"),
    )
    context = {
        **admin.site.each_context(request),
        "title": _("Flagged sale"),
        "flag": flag,
        "others": SaleFlag.objects.filter(order=flag.order_id).exclude(pk=flag.pk),
        "seen": evidence_of(flag),
        "unit": deciding_unit(flag, request.user) if isinstance(request.user, User) else None,
        "parameters": _parameters(flag.version),
    }
    return TemplateResponse(request, "cadre/screening_flag.html", context)


@require_POST
def decide_flag_action(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /admin/screening/12/decide/: clear or uphold, by a code of the second factor."""
    by, now = _cadre(request), timezone.now()
    flag = get_object_or_404(_flags(request), pk=pk)
    outcome = request.POST.get("outcome", "")
    if outcome not in FlagDecision.Outcome.values:
        raise BadRequest("unknown outcome")
    with refusal_shown(request):
        confirm_second_factor(by, request.POST.get("code", ""), now=now)
        decide_flag(
            flag=flag,
            outcome=FlagDecision.Outcome(outcome),
            reason=request.POST.get("reason", "")[:400],
            by=by,
            now=now,
        )
        messages.success(request, _("Decided. Both the flag and your reason stay on record."))
    return redirect("cadre:screening-flag", pk)


@require_POST
def raise_flag_action(request: HttpRequest) -> HttpResponse:
    """POST /admin/screening/raise/: a cadre doubts a sale of the subtree."""
    by = _cadre(request)
    with refusal_shown(request):
        order, unit = _order_in_reach(request, by)
        reason = request.POST.get("reason", "").strip()[:400]
        flag = raise_by_hand(order=order, by=by, unit=unit, reason=reason, now=timezone.now())
        return redirect("cadre:screening-flag", flag.pk)
    return redirect("cadre:screening")


def _order_in_reach(request: HttpRequest, by: User) -> tuple[Order, Region]:
    """The order named, and the cadre's unit over it. Raises NoSuchOrder for others' too."""
    number = request.POST.get("number", "").strip().upper()
    order = Order.objects.filter(number=number).first()
    village = villages_of([order.pk]).get(order.pk, "") if order else ""
    unit = _unit(by, village)
    if order is None or unit is None or not desk_of(request).jurisdiction.covers(village):
        raise NoSuchOrder
    return order, unit


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/screening/rules/: each rule as it holds, and all its versions."""
    _let_in(request)
    now, districts = timezone.now(), _districts(request)
    asked = request.GET.get("district", "")
    district = next((row for row in districts if row.pk == asked), districts[0])
    context = {
        **admin.site.each_context(request),
        "title": _("Screening rules"),
        "rules": _rules(district, now),
        "district": district,
        "districts": districts,
        "may_change": _changes_rules(request, district),
    }
    return TemplateResponse(request, "cadre/screening_rules.html", context)


@require_POST
def change_rule_action(request: HttpRequest) -> HttpResponse:
    """POST /admin/screening/rules/change/: a district's new version of one rule."""
    by, now = _cadre(request), timezone.now()
    district = get_object_or_404(Region, pk=request.POST.get("district"), level=Level.DISTRICT)
    if not _changes_rules(request, district):
        raise PermissionDenied
    rule = request.POST.get("rule", "")
    if rule not in Rule.values:
        raise BadRequest("unknown rule")
    with refusal_shown(request):
        confirm_second_factor(by, request.POST.get("code", ""), now=now)
        change_rule(
            rule=Rule(rule),
            district=district,
            parameters={name: request.POST.get(name, "") for name in PARAMETERS},
            on="on" in request.POST,
            reason=request.POST.get("reason", "")[:200],
            by=by,
            now=now,
        )
        messages.success(request, _("The new version holds from now on."))
    return redirect("cadre:screening-rules")


def _let_in(request: HttpRequest) -> None:
    if not desk_of(request).is_manned:
        raise PermissionDenied


def _cadre(request: HttpRequest) -> User:
    if not desk_of(request).keeps_registers or not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _flags(request: HttpRequest) -> QuerySet[SaleFlag]:
    flags = SaleFlag.objects.select_related(
        "order", "village__parent", "version", "raised_by", "raised_in", "decision__unit",
        "decision__decided_by",
    )  # fmt: skip
    return desk_of(request).jurisdiction.scope(flags.order_by("-id"), "village_id")


def _before(request: HttpRequest) -> int:
    asked = request.GET.get("before", "")
    if not asked:
        return 2**62
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise BadRequest("unknown position")
    return int(asked)


def _unit(by: User, village: str) -> Region | None:
    """The cadre's nearest place above or at the village: in its name the flag is raised."""
    grants = by.grants.filter(role="cadre", region__isnull=False).select_related("region")
    units = [grant.region for grant in grants if grant.region]
    above = [unit for unit in units if village.startswith(unit.subtree_prefix)]
    return max(above, key=lambda unit: len(unit.subtree_prefix), default=None)


def _districts(request: HttpRequest) -> list[Region]:
    """The districts the person's places lie in."""
    prefixes = desk_of(request).jurisdiction.prefixes
    districts = Region.objects.filter(level=Level.DISTRICT).order_by("code")
    if "" in prefixes:
        found = list(districts)
    else:
        found = list(districts.filter(pk__in={f"{prefix[:6]}000000" for prefix in prefixes}))
    if not found:
        raise Http404
    return found


def _changes_rules(request: HttpRequest, district: Region) -> bool:
    desk = desk_of(request)
    whole = Jurisdiction.of_regions([district]).prefixes[0]
    return desk.keeps_registers and any(
        whole.startswith(prefix) for prefix in desk.jurisdiction.prefixes
    )


def _rules(district: Region, now: datetime) -> list[dict[str, Any]]:
    in_force = rules_in_force(district=district.pk, now=now)
    versions = ScreeningRule.objects.filter(district=district) | ScreeningRule.objects.filter(
        district=None
    )
    known = list(versions.select_related("made_by", "district").order_by("-valid_from", "-id"))
    return [
        {
            "rule": rule,
            "label": rule.label,
            "version": in_force[rule],
            "parameters": _parameters(in_force[rule]),
            "fields": [
                (name, PARAMETERS[name], in_force[rule].parameters.get(name, first))
                for name, first in FIRST[rule].items()
            ],
            "history": [row for row in known if row.rule == rule],
        }
        for rule in FIRST
        if FIRST[rule]
    ]


def _parameters(version: ScreeningRule) -> list[tuple[str, int]]:
    return [
        (str(PARAMETERS[name]), figure)
        for name, figure in version.parameters.items()
        if name in PARAMETERS
    ]
