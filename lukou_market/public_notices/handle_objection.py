"""The town or the district looks into an objection and answers it."""

from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.kernel.personal_digits import refuse_personal_digits
from lukou_market.public_notices.errors import (
    AnswerMissing,
    HandlerIsPreparer,
    HandlerLevel,
    ObjectionMoved,
)
from lukou_market.public_notices.models import FollowUp, Objection, ObjectionStep, Status
from lukou_market.public_notices.who_may import may_handle
from lukou_market.regions.desk import desk_of_user

_REFUSALS = {
    "objection_handler_is_another": HandlerIsPreparer,
    "objection_step_once": ObjectionMoved,
    "objection_step_whole": AnswerMissing,
    "objection_edges": ObjectionMoved,
}


def accept_objection(*, objection_id: int, by: User, now: datetime) -> Objection:
    """Take it up. Raises HandlerLevel, HandlerIsPreparer and ObjectionMoved."""
    return _step(
        objection_id, Status.RECEIVED, ObjectionStep(action=Status.ACCEPTED, by=by, at=now)
    )


def uphold_objection(
    *, objection_id: int, words: str, follow_up: str, by: User, now: datetime
) -> Objection:
    """Agree, and say what follows.

    Raises AnswerMissing, PersonalDigits and what `accept_objection` raises.
    """
    if follow_up not in FollowUp.values:
        raise AnswerMissing
    step = ObjectionStep(action=Status.UPHELD, by=by, at=now, words=words, follow_up=follow_up)
    return _step(objection_id, Status.ACCEPTED, step)


def reject_objection(*, objection_id: int, words: str, by: User, now: datetime) -> Objection:
    """Disagree, with the reason. Raises what `uphold_objection` raises."""
    step = ObjectionStep(action=Status.REJECTED, by=by, at=now, words=words)
    return _step(objection_id, Status.ACCEPTED, step)


@transaction.atomic
def _step(objection_id: int, expected: Status, step: ObjectionStep) -> Objection:
    objection = Objection.objects.select_for_update().get(pk=objection_id)
    if not may_handle(desk_of_user(step.by), objection.village_id):
        raise HandlerLevel
    if objection.status != expected:
        raise ObjectionMoved
    known = objection.household_number
    refuse_personal_digits(step.words, besides=[known] if known else [])
    step.objection, step.words = objection, step.words.strip()[:500]
    with constraint_errors(_REFUSALS):
        step.save(force_insert=True)
        objection.status = step.action
        objection.save(update_fields=["status"])
    return objection
