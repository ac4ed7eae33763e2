"""nginx with its rtmp and nchan modules, from the system's packages: the public side of the shop.

Two servers. The edge proper serves files and pictures, tells rooms what happens, and hands orders
to the gate and all else to the web server. The ingest takes hosts' pictures.
"""

import os
import re
import resource
import shutil
from dataclasses import dataclass
from pathlib import Path

from lukou_market.embedded.unprivileged import command_prefix, hand_over
from lukou_market.embedded.var_dir import VarDir

SERVERS = ("edge", "ingest")

_OURS = Path(__file__).resolve().parents[2] / "deploy" / "edge"
_MODULES = Path("/usr/lib/nginx/modules")
_MIME_TYPES = Path("/etc/nginx/mime.types")
_MOST_CONNECTIONS = 65_536
# nchan has nginx make this at each start, whatever is configured. Debian's service, which root
# starts, has made it; where no service starts, as in a container, nobody has.
_MADE_BY_ROOT = Path("/var/lib/nginx/body")


@dataclass(frozen=True)
class Edge:
    """Where the two listen, whom they ask, and where their files are.

    `web`, `gate` and `camera` are Unix sockets or host:port; `host_name` is a name the web server
    answers to. `static` and `media` are directories. `secret` proves the ingest's hooks. With a
    `certificate` and its `key` the public port speaks HTTPS.
    """

    var: VarDir
    port: int
    rtmp_port: int
    internal_port: int
    secret: str
    web: str
    gate: str
    camera: str
    static: Path
    media: Path
    host: str = "127.0.0.1"
    host_name: str = "127.0.0.1"
    certificate: Path | None = None
    key: Path | None = None

    @property
    def state(self) -> Path:
        """Configuration, requests on their way, and the last seconds of each picture."""
        return self.var.path / "edge"


def missing_packages() -> list[str]:
    """Debian packages that must be installed before an edge can run."""
    found = {
        "nginx": shutil.which("nginx") is not None and _MIME_TYPES.exists(),
        "libnginx-mod-rtmp": (_MODULES / "ngx_rtmp_module.so").exists(),
        "libnginx-mod-nchan": (_MODULES / "ngx_nchan_module.so").exists(),
        "ffmpeg": shutil.which("ffmpeg") is not None,
    }
    return [package for package, there in found.items() if not there]


def missing_directory() -> Path | None:
    """What root has to make before our user can start an edge; root itself makes it."""
    if os.geteuid() == 0:
        _MADE_BY_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
    return None if _MADE_BY_ROOT.exists() else _MADE_BY_ROOT


def prepare(edge: Edge, server: str) -> None:
    """Make the directories and write the configuration of one of SERVERS, which does not run."""
    if server == "ingest":
        shutil.rmtree(edge.state / "hls", ignore_errors=True)  # of pictures that are over
    edge.media.mkdir(parents=True, exist_ok=True)
    hls = [edge.state / "hls" / rendition for rendition in ("source", "low")]
    owned = [edge.state, edge.state / server, edge.state / "hls", *hls]
    for directory in [*owned, edge.media / "recordings", edge.var.run]:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        hand_over(directory)
    _write_config(edge, server)


def command(edge: Edge, server: str) -> list[str]:
    """One of SERVERS in the foreground; `prepare` comes first. It stops on SIGTERM."""
    prefix = command_prefix(edge.state, edge.media, edge.static, edge.var.run, _OURS)
    home = edge.state / server
    place = ["env", f"--chdir={home}"]  # what a killed one leaves behind is known by it
    nginx = [shutil.which("nginx") or "nginx", "-e", "stderr", "-p", str(home)]
    return [*prefix, *place, *nginx, "-c", str(_config(edge, server))]


def _config(edge: Edge, server: str) -> Path:
    return edge.state / f"{server}.conf"


def _write_config(edge: Edge, server: str) -> None:
    template = (_OURS / f"{server}.conf").read_text()
    values = _values(edge)
    path = _config(edge, server)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        file.write(re.sub(r"@\{(\w+)\}", lambda found: str(values[found[1]]), template))
    hand_over(path)


def _values(edge: Edge) -> dict[str, object]:
    descriptors = _descriptors()
    return {
        "modules": _MODULES,
        "mime_types": _MIME_TYPES,
        "answers": _OURS / "answers",
        "ffmpeg": shutil.which("ffmpeg"),
        "workers": os.cpu_count() or 1,
        "descriptors": descriptors,
        "connections": min(descriptors, _MOST_CONNECTIONS),
        "run": edge.var.run,
        "hls": edge.state / "hls",
        "static": edge.static,
        "media": edge.media,
        "host": edge.host,
        "tls": "ssl" if edge.certificate else "",
        "certificate": _certificate(edge),
        "host_name": edge.host_name,
        "port": edge.port,
        "rtmp_port": edge.rtmp_port,
        "internal_port": edge.internal_port,
        "secret": edge.secret,
        "web": _server(edge.web),
        "gate": _server(edge.gate),
        "camera": _server(edge.camera),
    }


def _certificate(edge: Edge) -> str:
    if edge.certificate is None:
        return ""
    return f"ssl_certificate {edge.certificate}; ssl_certificate_key {edge.key};"


def _descriptors() -> int:
    """How many files and connections a worker may have open: all we can get, within reason."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2 * _MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else hard


def _server(address: str) -> str:
    return f"unix:{address}" if "/" in address else address
