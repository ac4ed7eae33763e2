"""A host's page of other platforms."""

import pytest
from django.test import Client

from lukou_market.streams.models import Host, SimulcastTarget
from lukou_market.streams.simulcast_targets import add_target
from tests.factories import make_host

ADDRESS = "rtmp://push.example.com/live/stream-1?secret=abc"
pytestmark = pytest.mark.django_db


def page(console: Client) -> str:
    return console.get("/studio/simulcast/").content.decode()


def test_a_platform_is_added_paused_and_removed_and_its_key_never_shown(console: Client) -> None:
    assert "只在本店播出" in page(console)
    form = {"name": "抖音", "address": ADDRESS}
    added = console.post("/studio/simulcast/add/", form, follow=True).content.decode()
    target = SimulcastTarget.objects.get()
    assert "rtmp://push.example.com/••••••" in added
    for secret in ("stream-1", "abc", "/live/"):
        assert secret not in added.partition("<main")[2]
    change = f"/studio/simulcast/{target.pk}/"
    assert "已暂停" in console.post(change, {"step": "pause"}, follow=True).content.decode()
    SimulcastTarget.objects.update(active=True, state="away")
    assert "连不上" in page(console)
    console.post(change, {"step": "remove"})
    assert not SimulcastTarget.objects.exists()


def test_a_wrong_address_is_explained_and_not_repeated(console: Client) -> None:
    form = {"name": "抖音", "address": "live.example.com secret-key"}
    refused = console.post("/studio/simulcast/add/", form, follow=True).content.decode()
    assert "rtmp://" in refused
    assert "secret-key" not in refused
    assert not SimulcastTarget.objects.exists()


def test_another_hosts_platforms_are_neither_seen_nor_changed(console: Client, host: Host) -> None:
    theirs = add_target(host=make_host(), name="快手", address=ADDRESS)
    assert "快手" not in page(console)
    for step in ("pause", "remove"):
        console.post(f"/studio/simulcast/{theirs.pk}/", {"step": step})
    assert SimulcastTarget.objects.get().active
