"""Who may hide words and mute people, and whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.models import User
from lukou_market.kernel.errors import DomainError
from lukou_market.streams import chat_errors as errors
from lukou_market.streams.hide_message import hide_message
from lukou_market.streams.models import ChatMessage, ChatRestriction, LiveSession, Moderator
from lukou_market.streams.moderators import appoint_moderator, dismiss_moderator
from lukou_market.streams.restrict_person import lift_restriction, restrict_person
from tests.factories import NOW, make_host, make_session, make_user
from tests.streams.rooms import make_moderator, said

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)

Outsider = Callable[[LiveSession], User]


def another_host(room: LiveSession) -> User:
    other = make_session()
    return other.host.user


def moderator_of_another_host(room: LiveSession) -> User:
    return make_moderator(make_host())


def buyer(room: LiveSession) -> User:
    user = make_user()
    said(room, "我买了", by=user)
    return user


def stranger(room: LiveSession) -> User:
    return make_user()


OUTSIDERS = [another_host, moderator_of_another_host, buyer, stranger]


@pytest.fixture
def room() -> LiveSession:
    return make_session()


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_hide_nothing_and_mute_nobody(room: LiveSession, outsider: Outsider) -> None:
    author = make_user()
    message, by = said(room, by=author), outsider(room)
    host = room.host
    held = ChatRestriction.objects.create(
        host=host, person=make_user(), made_by=host.user, made_at=NOW
    )
    attempts: list[Callable[[], None]] = [
        lambda: hide_message(session_id=room.pk, message_id=message.pk, by=by, now=LATER),
        lambda: restrict_person(host=host, person_id=author.pk, minutes=5, by=by, now=LATER),
        lambda: lift_restriction(host=host, person_id=held.person_id, by=by),
    ]
    for attempt in attempts:
        with pytest.raises(errors.NotModerator):
            attempt()
    assert not ChatMessage.objects.exclude(hidden_at=None).exists()
    assert list(ChatRestriction.objects.all()) == [held]


@pytest.mark.parametrize("appointed", [False, True])
def test_the_host_and_the_moderators_hide_mute_and_lift(room: LiveSession, appointed: bool) -> None:
    author = make_user()
    by = make_moderator(room.host) if appointed else room.host.user
    message = said(room, by=author)
    hide_message(session_id=room.pk, message_id=message.pk, by=by, now=LATER)
    message.refresh_from_db()
    assert (message.hidden_at, message.hidden_by) == (LATER, by)
    restrict_person(host=room.host, person_id=author.pk, minutes=5, by=by, now=LATER)
    held = ChatRestriction.objects.get()
    assert (held.until, held.made_by) == (LATER + timedelta(minutes=5), by)
    restrict_person(host=room.host, person_id=author.pk, minutes=None, by=by, now=LATER)
    assert ChatRestriction.objects.get().until is None
    lift_restriction(host=room.host, person_id=author.pk, by=by)
    assert not ChatRestriction.objects.exists()


def test_a_message_is_hidden_once(room: LiveSession) -> None:
    message, first = said(room), make_moderator(room.host)
    hide_message(session_id=room.pk, message_id=message.pk, by=first, now=NOW)
    hide_message(session_id=room.pk, message_id=message.pk, by=room.host.user, now=LATER)
    message.refresh_from_db()
    assert (message.hidden_at, message.hidden_by) == (NOW, first)


def test_a_message_is_not_hidden_through_another_session(room: LiveSession) -> None:
    other = make_session()
    message = said(room)
    for session, number in ((other, message.pk), (room, message.pk + 1), (room, 2**70)):
        with pytest.raises(errors.MessageNotFound):
            hide_message(session_id=session.pk, message_id=number, by=session.host.user, now=LATER)
    message.refresh_from_db()
    assert message.hidden_at is None


def test_nobody_mutes_themselves_or_the_host_or_as_a_moderator_another_one(
    room: LiveSession,
) -> None:
    host, one = room.host, make_moderator(room.host)
    other = make_moderator(host)
    for by, person in ((host.user, host.user), (one, one), (one, host.user), (one, other)):
        with pytest.raises(errors.NotRestrictable):
            restrict_person(host=host, person_id=person.pk, minutes=5, by=by, now=NOW)
    assert not ChatRestriction.objects.exists()
    restrict_person(host=host, person_id=one.pk, minutes=5, by=host.user, now=NOW)
    assert ChatRestriction.objects.get().person == one


def test_a_moderator_is_appointed_by_phone_once_and_a_mute_of_theirs_ends(
    room: LiveSession,
) -> None:
    person = make_user(phone="13812345678")
    restrict_person(host=room.host, person_id=person.pk, minutes=None, by=room.host.user, now=NOW)
    for written in ("138 1234 5678", "+86 13812345678"):
        appoint_moderator(host=room.host, phone=written)
    assert Moderator.objects.get().person == person
    assert not ChatRestriction.objects.exists()


def test_who_has_never_signed_in_can_be_appointed_too(room: LiveSession) -> None:
    moderator = appoint_moderator(host=room.host, phone="13812345678")
    assert moderator.person == User.objects.for_phone("13812345678")


@pytest.mark.parametrize(
    ("phone", "refusal"), [("123", PhoneWrong), ("13900000001", errors.ModeratorIsHost)]
)
def test_neither_a_wrong_number_nor_the_host_is_appointed(
    phone: str, refusal: type[DomainError]
) -> None:
    host = make_host(make_user(phone="13900000001"))
    with pytest.raises(refusal):
        appoint_moderator(host=host, phone=phone)
    assert not Moderator.objects.exists()


def test_a_host_has_at_most_twenty_moderators(room: LiveSession) -> None:
    for _ in range(20):
        make_moderator(room.host)
    with pytest.raises(errors.TooManyModerators):
        appoint_moderator(host=room.host, phone="13812345678")
    assert Moderator.objects.count() == 20


def test_who_is_dismissed_moderates_no_more_and_others_go_on(room: LiveSession) -> None:
    gone, stays = make_moderator(room.host), make_moderator(room.host)
    dismiss_moderator(host=make_session().host, person_id=gone.pk)
    assert Moderator.objects.count() == 2
    dismiss_moderator(host=room.host, person_id=gone.pk)
    assert [kept.person for kept in Moderator.objects.all()] == [stays]
    message = said(room)
    with pytest.raises(errors.NotModerator):
        hide_message(session_id=room.pk, message_id=message.pk, by=gone, now=LATER)
    message.refresh_from_db()
    assert message.hidden_at is None
