"""The page as an app on a phone."""

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.django_db


def test_a_browser_finds_all_it_needs_to_install_the_page(client: Client) -> None:
    page = client.get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest: dict[str, Any] = answer.json()
    assert manifest["display"] == "standalone" and client.get(manifest["start_url"])
    sizes = {icon["sizes"]: icon["src"] for icon in manifest["icons"]}
    for side in (192, 512):
        source = finders.find(sizes[f"{side}x{side}"].removeprefix("/static/"))
        assert isinstance(source, str) and Image.open(source).size == (side, side)
    assert {"any", "maskable"} <= {icon.get("purpose", "any") for icon in manifest["icons"]}


@pytest.mark.parametrize(
    ("language", "name"), [("zh-hans", "绿口助农直播"), ("en", "Lukou Market")]
)
def test_it_speaks_the_persons_language(client: Client, language: str, name: str) -> None:
    answer = client.get("/manifest.webmanifest", headers={"Accept-Language": language})
    assert (answer.json()["name"], answer.json()["lang"]) == (name, language)
