"""Where an installed wheel keeps its files."""

from importlib.util import find_spec
from pathlib import Path


def directory_of(package: str) -> Path:
    """The package's directory, without importing it. Raises ModuleNotFoundError."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed: see deploy/requirements.txt")
    return Path(spec.origin).parent
