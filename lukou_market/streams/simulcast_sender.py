"""One ffmpeg that sends a session's picture on to another platform, as it is."""

import os
import re
import subprocess
from typing import Self

from lukou_market.streams.simulcast_address import Address
from lukou_market.streams.simulcast_lookup import Endpoint
from lukou_market.streams.simulcast_tls import TlsWay

# The last is the supervisor's mark: of our secrets ffmpeg needs none.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LUKOU_PROGRAM")
_SENT = re.compile(rb"out_time_us=[1-9]")


class Sender:
    """A running ffmpeg. What it says of addresses goes nowhere."""

    def __init__(
        self, process: subprocess.Popen[bytes], told: int, way: TlsWay | None = None
    ) -> None:
        self._process, self._told, self._way, self._has_sent = process, told, way, False

    @classmethod
    def start(cls, source: str, to: Address, at: Endpoint) -> Self:
        """Start ffmpeg between an RTMP address and a platform, which is found `at` an endpoint.

        Everybody on the machine may read command lines, so application and key, which carry the
        platform's secret, are read by ffmpeg from a pipe, as a preset. So is what the platform is
        called by, for ffmpeg is told a number: it must look up no name once more.
        """
        way = TlsWay(to.name, at) if to.encrypted else None
        preset, said = os.pipe()
        told, progress = os.pipe()
        os.set_blocking(told, False)
        try:
            os.write(said, _preset(to).encode())
            os.close(said)
            process = subprocess.Popen(
                ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "quiet", "-nostats",
                 "-progress", f"/dev/fd/{progress}", "-rw_timeout", "10000000", "-i", source,
                 "-c", "copy", "-f", "flv", "-flvflags", "no_duration_filesize",
                 "-rw_timeout", "10000000", "-fpre", f"/dev/fd/{preset}", _url(at, way)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=[preset, progress],
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            )  # fmt: skip
        finally:
            os.close(preset)
            os.close(progress)
        return cls(process, told, way)

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
        if self._way:
            self._way.close()


def _preset(to: Address) -> str:
    called = f"{to.server}/{to.app}"
    return f"rtmp_app={to.app}\nrtmp_playpath={to.key}\nrtmp_tcurl={called}\n"


def _url(at: Endpoint, way: TlsWay | None) -> str:
    if way:
        return f"rtmp://127.0.0.1:{way.port}"
    host = f"[{at.host}]" if ":" in at.host else at.host
    return f"rtmp://{host}:{at.port}"
