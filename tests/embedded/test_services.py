import psutil
import psycopg
import pytest
import redis

from lukou_market.embedded.leftovers import MARK
from lukou_market.embedded.services import services
from lukou_market.embedded.var_dir import VarDir, VarDirInUseError


def processes_of(var: VarDir) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["environ", "cwd"])
        if ((process.info["environ"] or {}).get(MARK) or "").startswith(str(var.path))
        or (process.info["cwd"] or "").startswith(str(var.path))
    ]


def test_both_answer_inside_the_block_and_nothing_runs_after_it(var: VarDir) -> None:
    with services(var) as env:
        with psycopg.connect(env["DATABASE_URL"]) as connection:
            row = connection.execute("SELECT current_database(), current_setting('fsync')")
            assert row.fetchone() == ("lukou", "on")
            version = connection.info.server_version
        with redis.Redis.from_url(env["REDIS_URL"]) as client:
            assert client.ping()
        assert version >= 180000
        assert processes_of(var)
    assert processes_of(var) == []


def test_text_is_unicode_and_sorted_by_code_point(var: VarDir) -> None:
    with services(var) as env, psycopg.connect(env["DATABASE_URL"]) as connection:
        ordered = connection.execute("SELECT x FROM unnest(ARRAY['甜','a','B']) x ORDER BY x")
        assert [row[0] for row in ordered] == ["B", "a", "甜"]
        assert connection.execute("SELECT upper('é')").fetchone() == ("É",)


def test_two_var_directories_run_side_by_side(var: VarDir) -> None:
    neighbour = VarDir(var.path.with_name("neighbour"))
    with services(var) as ours, services(neighbour) as theirs:
        with psycopg.connect(ours["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("CREATE TABLE melon ()")
        with psycopg.connect(theirs["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT to_regclass('melon')").fetchone() == (None,)


def test_a_directory_in_use_is_refused_and_its_servers_live_on(var: VarDir) -> None:
    with services(var) as env:
        with pytest.raises(VarDirInUseError, match="in use by process"), services(var):
            pass
        with psycopg.connect(env["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_data_survives_a_restart(var: VarDir) -> None:
    with services(var) as env, psycopg.connect(env["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE melon AS SELECT 7 AS kg")
    with services(var) as env, psycopg.connect(env["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT kg FROM melon").fetchone() == (7,)
