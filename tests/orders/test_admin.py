"""The order at the cadre's desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.models import User
from lukou_market.streams.models import Replay, ReplayPart
from tests.factories import NOW, make_offer, make_user, place

pytestmark = pytest.mark.django_db


def test_an_order_leads_to_what_was_said_when_it_was_bought(settings: Any) -> None:
    settings.EDGE_URL = "http://127.0.0.1:9"
    offer = make_offer()
    order = place(make_user(), offer, now=NOW + timedelta(minutes=1, seconds=5))
    desk = Client()
    desk.force_login(User.objects.create_superuser("root", "secret"))
    page = reverse("admin:orders_order_change", args=[order.pk])
    assert "1:05" in desk.get(page).content.decode()
    ReplayPart.objects.create(
        session=offer.session, file="1-1.flv", started_at=NOW, length_ms=600_000
    )
    Replay.objects.create(session=offer.session, length_ms=600_000, made_at=NOW)
    link = f'<a href="/live/{order.session_id}/?t=65">1:05</a>'
    assert link in desk.get(page).content.decode()
