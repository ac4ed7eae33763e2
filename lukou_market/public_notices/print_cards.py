"""A village's statement cards as one PDF: a few at once, many by a worker."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from lukou_market.access_log.models import Action
from lukou_market.accounts.models import User
from lukou_market.households.models import Household
from lukou_market.public_notices.card_paper import card_paper
from lukou_market.public_notices.card_text import card_text
from lukou_market.public_notices.errors import NoHouseholds, PrintNeedsReason
from lukou_market.public_notices.numbered_statement import numbered_statements
from lukou_market.public_notices.terms import terms_in_force
from lukou_market.regions.models import Region
from lukou_market.reports.ask_export import ask_export, export_now
from lukou_market.reports.display import Display
from lukou_market.reports.export_models import Export
from lukou_market.reports.kinds import STATEMENTS, FileFormat
from lukou_market.reports.question import Question
from lukou_market.reports.write_export import Written

AT_ONCE = 10


def print_cards(
    *, village: Region, first_month: date, last_month: date, reason: str, by: User, now: datetime
) -> tuple[Export, bytes]:
    """The PDF; b"" where a worker is to make it.

    Raises PrintNeedsReason, NoHouseholds and TooManyExports.
    """
    if not reason.strip():
        raise PrintNeedsReason
    households = Household.objects.filter(village=village).count()
    if not households:
        raise NoHouseholds
    asked: dict[str, Any] = {
        "kind": STATEMENTS,
        "file_format": FileFormat.PDF,
        "question": Question(village, first_month, last_month),
        "display": Display(),
        "by": by,
        "now": now,
        "action": Action.PRINTED,
        "reason": reason,
    }
    if households > AT_ONCE:
        return ask_export(**asked), b""
    return export_now(**asked, write=write_cards)


def write_cards(
    export: Export, path: Path, *, now: datetime, tell: Callable[[int], None]
) -> Written:
    """Write the PDF to `path`; `tell` is told how many cards are done."""
    households = Household.objects.filter(village=export.region_id)
    numbered = numbered_statements(
        households=list(households.select_related("village__parent")),
        first_month=export.first_month,
        last_month=export.last_month,
        now=now,
    )
    days, cards = terms_in_force(now=now).answer_days, []
    with override(settings.LANGUAGE_CODE):
        for statement in numbered:
            cards.append(card_text(statement, answer_days=days))
            tell(len(cards))
        pdf = card_paper(title=_("Household statement"), cards=cards)
    path.write_bytes(pdf)
    said = json.dumps([asdict(card) for card in cards], ensure_ascii=False)
    return Written(len(cards), sha256(said.encode()).hexdigest(), sha256(pdf).hexdigest())
