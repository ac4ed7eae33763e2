"""PostgreSQL, Redis and the settings of a test run, ready before Django reads them.

A pytest plugin (`-p tests.session_services`), because conftest files are read after
pytest-django has read the settings. Workers of pytest-xdist inherit the environment.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from lukou_market.embedded.local_env import write_local_env
from lukou_market.embedded.services import services
from lukou_market.embedded.var_dir import VarDir, VarDirInUseError, default_var_dir
from tests.app_role import ensure_role

_SERVERS = ("DATABASE_URL", "REDIS_URL")
_SET_HERE = {*_SERVERS, "LUKOU_VAR", "SECRET_KEY", "FIELD_KEYS", "PUBLIC_BASE_URL"}
_SET_HERE |= {"OWNER_DATABASE_URL", "STRIPE_API_KEY", "STRIPE_API_BASE", "STRIPE_WEBHOOK_SECRET"}


@contextmanager
def test_environment() -> Iterator[None]:
    """Set what the settings need; servers whose addresses are set already are used as they are."""
    var = VarDir(default_var_dir().path / "test")
    given = {name: os.environ[name] for name in _SERVERS if name in os.environ}
    with services(var, given=given, durable=False) as addresses:
        ensure_role(addresses["DATABASE_URL"])
        os.environ.update(write_local_env(var) | addresses, LUKOU_VAR=str(var.path))
        os.environ["OWNER_DATABASE_URL"] = os.environ["DATABASE_URL"]
        yield


def environment_of_a_checkout() -> dict[str, str]:
    """The environment without what a test run sets: for tests that start `deploy/demo`."""
    return {name: value for name, value in os.environ.items() if name not in _SET_HERE}


@pytest.hookimpl(wrapper=True)  # wrappers come before pytest-django's own hook
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Start the servers in the process that runs or hands out the tests."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stack = ExitStack()
        try:
            stack.enter_context(test_environment())
        except (VarDirInUseError, TimeoutError) as error:
            raise pytest.UsageError(str(error)) from error
        early_config.add_cleanup(stack.close)
    else:
        _use_own_redis_database(os.environ["PYTEST_XDIST_WORKER"])
    return (yield)


def _use_own_redis_database(worker: str) -> None:
    """Workers have a PostgreSQL database each, with the same ids; so must what Redis holds."""
    address, _, _number = os.environ["REDIS_URL"].rpartition("=")
    os.environ["REDIS_URL"] = f"{address}={1 + int(worker.removeprefix('gw'))}"
