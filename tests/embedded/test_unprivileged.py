import subprocess
from pathlib import Path

import pytest

from lukou_market.embedded.unprivileged import command_prefix


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program in a directory that is closed to other users."""
    path = tmp_path / "closed" / "program"
    path.parent.mkdir(mode=0o700)
    path.write_text("#!/bin/sh\ntest -x $0 && id -u && grep CapEff /proc/self/status\n")
    path.chmod(0o755)
    return path


def output_of(program: Path) -> list[str]:
    command = [*command_prefix(program), str(program)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_a_program_in_a_closed_directory_runs_but_not_as_root(program: Path) -> None:
    assert output_of(program)[0] != "0"


def test_of_roots_rights_at_most_one_is_kept(program: Path) -> None:
    held = int(output_of(program)[-1], 16)
    assert held.bit_count() <= 1


def test_nobody_elses_directory_is_opened(program: Path) -> None:
    output_of(program)
    assert program.parent.stat().st_mode & 0o777 == 0o700
