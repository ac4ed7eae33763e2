"""Keeps addresses that are keys out of the log."""

import logging
import re


class HideSecretPaths(logging.Filter):
    """Replaces what follows these in any message: such an address opens what it names."""

    _SECRET = re.compile(r"(?<!/admin)(/(?:r|statements|objections)/)[\w-]+")

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without the secret."""
        message = record.getMessage()
        if self._SECRET.search(message):
            record.msg, record.args = self._SECRET.sub(r"\1…", message), ()
        return True
