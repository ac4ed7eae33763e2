"""Notices, objections to them, and statement cards."""

from lukou_market.public_notices.card_models import HouseholdPhone, StatementCard, StatementText
from lukou_market.public_notices.notice_models import NoticeTerms, PostingPhoto, PublicNotice
from lukou_market.public_notices.objection_models import (
    OPEN,
    FollowUp,
    Objection,
    ObjectionStep,
    Status,
)

__all__ = [
    "OPEN",
    "FollowUp",
    "HouseholdPhone",
    "NoticeTerms",
    "Objection",
    "ObjectionStep",
    "PostingPhoto",
    "PublicNotice",
    "StatementCard",
    "StatementText",
    "Status",
]
