"""python -m tests.benchmarks NAME: a durable PostgreSQL of its own with empty tables, then NAME."""

import os
import shutil
import subprocess
import sys

from lukou_market.embedded.local_env import write_local_env
from lukou_market.embedded.services import services
from lukou_market.embedded.var_dir import VarDir, default_var_dir


def main() -> int:
    """The exit code of the benchmark; its last line is one JSON object."""
    var = VarDir(default_var_dir().path / "bench")
    shutil.rmtree(var.path / "postgres", ignore_errors=True)
    with services(var, durable=True) as addresses:
        os.environ.update(write_local_env(var) | addresses, LUKOU_VAR=str(var.path))
        os.environ["DJANGO_SETTINGS_MODULE"] = "lukou_market.settings"
        manage = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
        subprocess.run(manage, check=True)
        benchmark = [sys.executable, "-m", "tests.benchmarks.support.run", *sys.argv[1:]]
        return subprocess.run(benchmark, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
