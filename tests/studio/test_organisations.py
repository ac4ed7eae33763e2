"""A host opens an offer to trade unions and budget units, and closes it again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.organisations.queries import offers_for_organisations
from lukou_market.streams.models import Host, LiveSession
from tests.factories import make_offer, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["live", "ended"])
def test_on_air_or_not_an_offer_is_opened_and_closed(
    client: Client, host: Host, status: LiveSession.Status
) -> None:
    client.force_login(host.user)
    offer, now = make_offer(make_session(status, host=host)), timezone.now()
    path = f"/studio/sessions/{offer.session_id}/offers/{offer.pk}/"
    client.post(path, {"step": "to-organisations"})
    assert list(offers_for_organisations(now)) == [offer]
    assert not offers_for_organisations(now + timedelta(days=31))
    client.post(path, {"step": "not-to-organisations"})
    assert not offers_for_organisations(now)
