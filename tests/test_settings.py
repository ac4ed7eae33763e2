"""A bad or missing setting stops start-up with a sentence that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lukou_market import settings

NAMES = (
    "SECRET_KEY",
    "FIELD_KEYS",
    "DATABASE_URL",
    "REDIS_URL",
    "PUBLIC_BASE_URL",
    "STRIPE_API_KEY",
    "STRIPE_WEBHOOK_SECRET",
)


def start(var: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own; None takes a variable away."""
    environment = os.environ | {"LUKOU_VAR": str(var)}
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    command = [sys.executable, "-c", "import lukou_market.settings"]
    return subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


def assert_stopped(process: subprocess.CompletedProcess[str], name: str) -> None:
    assert process.returncode == 1
    assert name in process.stderr
    assert "Traceback" not in process.stderr


def test_good_settings_start(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize("name", NAMES)
def test_what_is_required_is_asked_for_by_name(tmp_path: Path, name: str) -> None:
    assert_stopped(start(tmp_path, **{name: None}), name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("FIELD_KEYS", "not-a-key"),
        ("FIELD_KEYS", ""),
        ("DATABASE_URL", "sqlite:///db"),
        ("OWNER_DATABASE_URL", "owner"),
        ("REDIS_URL", "localhost:6379"),
        ("PUBLIC_BASE_URL", "shop.example"),
        ("STRIPE_API_BASE", "stripe"),
        ("RESERVATION_SECONDS", "soon"),
        ("RESERVATION_SECONDS", "0"),
        ("PROXIES", "-1"),
        ("DEBUG", "perhaps"),
    ],
)
def test_what_can_not_be_read_is_named(tmp_path: Path, name: str, value: str) -> None:
    assert_stopped(start(tmp_path, **{name: value}), name)


def test_an_owner_in_local_env_is_not_of_an_address_that_was_given(tmp_path: Path) -> None:
    (tmp_path / "local.env").write_text("OWNER_DATABASE_URL=postgres://embedded/lukou\n")
    show = "from lukou_market import settings; print(settings.OWNER_DATABASE_URL)"
    environment = os.environ | {"LUKOU_VAR": str(tmp_path), "DATABASE_URL": "postgres://real/shop"}
    del environment["OWNER_DATABASE_URL"]
    command = [sys.executable, "-c", show]
    shown = subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert shown.stdout == "postgres://real/shop\n"
