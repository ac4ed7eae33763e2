"""One ffmpeg that sends a session's picture on to another platform, as it is."""

import os
import re
import subprocess
from typing import Self

from lukou_market.streams.simulcast_address import Address

# The last is the supervisor's mark: of our secrets ffmpeg needs none.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LUKOU_PROGRAM")
_SENT = re.compile(rb"out_time_us=[1-9]")


class Sender:
    """A running ffmpeg. What it says of addresses goes nowhere."""

    def __init__(self, process: subprocess.Popen[bytes], told: int) -> None:
        self._process, self._told, self._has_sent = process, told, False

    @classmethod
    def start(cls, source: str, to: Address) -> Self:
        """Start ffmpeg between two RTMP addresses.

        Everybody on the machine may read command lines, so application and key, which carry the
        platform's secret, are read by ffmpeg from a pipe, as a preset.
        """
        preset, said = os.pipe()
        told, progress = os.pipe()
        os.set_blocking(told, False)
        try:
            os.write(said, f"rtmp_app={to.app}\nrtmp_playpath={to.key}\n".encode())
            os.close(said)
            process = subprocess.Popen(
                ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "quiet", "-nostats",
                 "-progress", f"/dev/fd/{progress}", "-rw_timeout", "10000000", "-i", source,
                 "-c", "copy", "-f", "flv", "-flvflags", "no_duration_filesize",
                 "-rw_timeout", "10000000", "-fpre", f"/dev/fd/{preset}", to.server],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=[preset, progress],
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            )  # fmt: skip
        finally:
            os.close(preset)
            os.close(progress)
        return cls(process, told)

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    @property
    def has_sent(self) -> bool:
        """Whether the platform has taken some of the picture."""
        try:
            while told := os.read(self._told, 65536):
                self._has_sent = self._has_sent or bool(_SENT.search(told))
        except BlockingIOError:
            pass  # nothing new
        return self._has_sent

    def stop(self) -> None:
        """End ffmpeg at once: there is nothing to finish."""
        self._process.kill()
        self._process.wait()
        os.close(self._told)
