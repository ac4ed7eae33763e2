"""PostgreSQL refuses to run as root: run it as `nobody` then, changing nothing on the machine."""

import os
import pwd
import stat
from pathlib import Path

# CAP_DAC_READ_SEARCH and, where a container lacks it, CAP_DAC_OVERRIDE: bit and name.
_CAPABILITIES = ((2, "dac_read_search"), (1, "dac_override"))


def command_prefix(*needed: Path) -> list[str]:
    """The arguments to put before a command that must not run as root.

    `needed` are the paths it has to reach. Root's home is closed to others; rather than open it
    the command may look past directory permissions, and nothing else of root's rights is kept.
    """
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("nobody")
    prefix = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    prefix.append("--pdeathsig=SIGINT")  # a change of user forgets the signal set before
    if any(_closed(parent) for path in needed for parent in path.resolve().parents):
        name = _capability()
        # Without the secure bit access(2), which PostgreSQL asks about its own binaries, says no.
        prefix += ["--securebits=+no_setuid_fixup"]
        prefix += [f"--inh-caps=+{name}", f"--ambient-caps=+{name}"]
    return prefix


def hand_over(path: Path) -> None:
    """Make `path` belong to the user that `command_prefix` switches to."""
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(path, user.pw_uid, user.pw_gid)


def _closed(directory: Path) -> bool:
    return not directory.stat().st_mode & stat.S_IXOTH


def _capability() -> str:
    status = Path("/proc/self/status").read_text().split()
    held = int(status[status.index("CapPrm:") + 1], 16)
    for bit, name in _CAPABILITIES:
        if held >> bit & 1:
            return name
    raise PermissionError(
        "PostgreSQL can't run as root here: use an ordinary user, or a directory open to others"
    )
