"""Run a command that needs the settings: python -m tests.with_services COMMAND..."""

import subprocess
import sys

from tests.session_services import test_environment

if __name__ == "__main__":
    with test_environment():
        sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
