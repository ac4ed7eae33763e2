import socket
from urllib.parse import urlsplit

import dj_database_url
import pytest
from cryptography.fernet import Fernet

from lukou_market.embedded.local_env import PortTakenError, port_of, write_local_env
from lukou_market.embedded.var_dir import VarDir


@pytest.fixture(autouse=True)
def directories(var: VarDir) -> None:
    var.create()


def test_the_file_is_complete_and_for_our_eyes_only(var: VarDir) -> None:
    values = write_local_env(var)
    path = var.path / "local.env"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() == "".join(f"{name}={value}\n" for name, value in values.items())
    assert set(values) == {
        *(
            "SECRET_KEY",
            "FIELD_KEYS",
            "DATABASE_URL",
            "OWNER_DATABASE_URL",
            "REDIS_URL",
            "PUBLIC_BASE_URL",
        ),
        *("STRIPE_API_KEY", "STRIPE_API_BASE", "STRIPE_WEBHOOK_SECRET"),
        *("TRANSFER_ACCOUNT_NAME", "TRANSFER_ACCOUNT_NUMBER", "TRANSFER_BANK"),
    }
    Fernet(values["FIELD_KEYS"])


@pytest.mark.parametrize(
    ("name", "role"), [("DATABASE_URL", "lukou_app"), ("OWNER_DATABASE_URL", "postgres")]
)
def test_django_reads_the_database_addresses_as_meant(var: VarDir, name: str, role: str) -> None:
    settings = dj_database_url.parse(write_local_env(var)[name])
    assert (settings["HOST"], settings["NAME"], settings["USER"]) == (str(var.run), "lukou", role)


def test_secrets_and_ports_stay_the_same(var: VarDir) -> None:
    assert write_local_env(var) == write_local_env(var)


def test_only_what_is_missing_is_added(var: VarDir) -> None:
    (var.path / "local.env").write_text("SECRET_KEY=mine\nEXTRA=kept\n")
    values = write_local_env(var)
    assert (values["SECRET_KEY"], values["EXTRA"]) == ("mine", "kept")


def test_a_port_taken_meanwhile_is_chosen_anew(var: VarDir) -> None:
    port = port_of(write_local_env(var)["PUBLIC_BASE_URL"])
    with socket.create_server(("127.0.0.1", port)):
        assert port_of(write_local_env(var)["PUBLIC_BASE_URL"]) != port


def test_a_taken_port_asked_for_by_number_is_refused(var: VarDir) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(PortTakenError):
        write_local_env(var, port=server.getsockname()[1])
    assert not (var.path / "local.env").exists()


def test_web_and_stand_in_get_different_ports(var: VarDir) -> None:
    values = write_local_env(var)
    assert urlsplit(values["PUBLIC_BASE_URL"]).port != urlsplit(values["STRIPE_API_BASE"]).port


def test_without_a_stand_in_stripes_own_address_is_used(var: VarDir) -> None:
    write_local_env(var)
    assert "STRIPE_API_BASE" not in write_local_env(var, stand_in=False)
    assert "STRIPE_API_BASE" not in (var.path / "local.env").read_text()


def test_the_edge_has_ports_of_its_own_and_keeps_them(var: VarDir) -> None:
    values = write_local_env(var, edge=True)
    names = ("PUBLIC_BASE_URL", "STRIPE_API_BASE", "EDGE_URL", "INGEST_URL")
    assert len({port_of(values[name]) for name in names}) == len(names)
    assert len(values["EDGE_SECRET"]) >= 32
    assert write_local_env(var, edge=True) == values


def test_without_an_edge_nothing_says_that_there_is_one(var: VarDir) -> None:
    write_local_env(var, edge=True)
    values = write_local_env(var)
    assert not {"EDGE_URL", "EDGE_SECRET", "INGEST_URL"} & set(values)
    assert "EDGE" not in (var.path / "local.env").read_text()


def test_a_carrier_has_a_port_and_a_key_of_its_own_and_keeps_them(var: VarDir) -> None:
    values = write_local_env(var, carrier=True)
    assert len({port_of(values[name]) for name in ("STRIPE_API_BASE", "CARRIER_API_BASE")}) == 2
    assert len(values["CARRIER_API_KEY"]) >= 32
    assert write_local_env(var, carrier=True) == values
    assert not {"CARRIER_API_BASE", "CARRIER_API_KEY"} & set(write_local_env(var))
