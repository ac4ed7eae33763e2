"""Streams of the period: who watched and ordered, what was paid, weighed and given back."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lukou_market.aid.models import SalesDay
from lukou_market.orders.models import OfferTaps, OrderLine
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Column, Row, Sheet, Unit, added_up
from lukou_market.screening.queries import held_orders
from lukou_market.streams.models import LiveSession, SessionMinute

COLUMNS = (
    Column(gettext_lazy("Stream")),
    Column(gettext_lazy("Village")),
    Column(gettext_lazy("Host")),
    Column(gettext_lazy("Began")),
    Column(gettext_lazy("Most watching at once"), Unit.COUNT, adds_up=False),
    Column(gettext_lazy("Viewers"), Unit.COUNT, adds_up=False),
    Column(gettext_lazy("Taps"), Unit.COUNT),
    Column(gettext_lazy("Paid orders"), Unit.COUNT),
    Column(gettext_lazy("Weight paid"), Unit.GRAMS),
    Column(gettext_lazy("Paid"), Unit.FEN),
    Column(gettext_lazy("Refunds"), Unit.FEN),
    Column(gettext_lazy("Net sales"), Unit.FEN),
)
PER_PAGE = 50
Sums = defaultdict[int, dict[str, int]]


def stream_report(question: Question, *, page: int = 0) -> Sheet:
    """Streams hosted from the region that began in the period, newest first; page 0 is all.

    Orders are those of the streams shown, whenever they were paid. Money is the book's.
    """
    asked = _sessions(question)
    shown = list(asked[(page - 1) * PER_PAGE : page * PER_PAGE] if page else asked)
    days, paid = SalesDay.objects.all(), OrderLine.objects.filter(order__paid_at__isnull=False)
    paid = paid.exclude(order__in=held_orders())
    if question.channel:
        days = days.filter(channel=question.channel)
        paid = paid.filter(order__channel=question.channel)
    watched = _sums(SessionMinute.objects, shown, "session_id", peak=Max("watching"))
    tapped = _sums(OfferTaps.objects, shown, "offer__session_id", taps=Sum("taps"))
    money = _sums(
        days, shown, "offer__session_id", gross=Sum("gross_fen"), refunded=Sum("refunded_fen")
    )
    orders = Count("order_id", distinct=True)
    goods = _sums(paid, shown, "order__session_id", orders=orders, grams=Sum("weight_g"))
    rows = [
        _row(session, {name: figure for sums in (watched, tapped, money, goods)
                       for name, figure in sums[session.pk].items()})
        for session in shown
    ]  # fmt: skip
    return Sheet(COLUMNS, rows, added_up(COLUMNS, rows, _("Total")), notes=[_how_many(question)])


def _how_many(question: Question) -> str:
    facts = {"all": count_streams(question), "before": count_streams(question.previous)}
    return (
        _(
            "Streams in the period: %(all)d; in the period before: %(before)d. "
            "The total is of the streams listed."
        )
        % facts
    )


def count_streams(question: Question) -> int:
    """How many the report is about."""
    return _sessions(question).count()


def _sessions(question: Question) -> QuerySet[LiveSession]:
    began = LiveSession.objects.filter(
        started_at__gte=question.begins_at, started_at__lt=question.ends_at
    )
    inside = Jurisdiction.of_regions([question.region]).scope(began, "host__village_id")
    return inside.select_related("host__user", "host__village").order_by("-started_at", "-pk")


def _sums(rows: Any, sessions: list[LiveSession], path: str, **sums: Any) -> Sums:
    of_sessions = rows.filter(**{f"{path}__in": [session.pk for session in sessions]})
    found = of_sessions.order_by().values(key=F(path)).annotate(**sums)
    return defaultdict(dict, {row.pop("key"): row for row in map(dict, found)})


def _row(session: LiveSession, known: dict[str, int]) -> Row:
    gross, refunded = known.get("gross", 0), known.get("refunded", 0)
    began = timezone.localtime(session.started_at) if session.started_at else None
    return Row(
        [
            session.title, session.host.village.name, str(session.host),
            f"{began:%Y-%m-%d %H:%M}" if began else "",
            known.get("peak", 0), session.viewers, known.get("taps", 0), known.get("orders", 0),
            known.get("grams", 0), gross, refunded, gross - refunded,
        ],
        about=session,
    )  # fmt: skip
