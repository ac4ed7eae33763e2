"""The import rule as a diagram: python -m tests.draw_layers writes it into docs/architecture.md.

A row for each layer of pyproject.toml, top down; an arrow for each package that another imports,
without those that a longer way already shows.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs/architecture.md"
_DRAWN = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)


def layers() -> list[list[str]]:
    """Packages of each layer, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rule = next(each for each in contracts["contracts"] if each["type"] == "layers")
    return [layer.split(" | ") for layer in rule["layers"]]


def drawn() -> str:
    """The diagram as the document must have it."""
    lines = ["```mermaid", "flowchart TD"]
    for row in layers():
        lines.append("  " + " ~~~ ".join(row) if len(row) > 1 else f"  {row[0]}")
    lines += [f"  {upper} --> {lower}" for upper, lower in _arrows()]
    return "\n".join([*lines, "```", ""])


def in_document() -> str:
    """The diagram that the document has."""
    found = _DRAWN.search(DOCUMENT.read_text())
    return found.group() if found else ""


def _arrows() -> Iterator[tuple[str, str]]:
    packages = [package for row in layers() for package in row]
    imports = _imports(packages)
    reached: dict[str, set[str]] = {}
    for package in reversed(packages):
        below = imports[package]
        reached[package] = below.union(*(reached[each] for each in below))
    for package in packages:
        by_a_longer_way = set().union(*(reached[each] for each in imports[package]))
        for lower in packages:
            if lower in imports[package] - by_a_longer_way:
                yield package, lower


def _imports(packages: list[str]) -> dict[str, set[str]]:
    graph = grimp.build_graph("lukou_market", cache_dir=None)
    for package in packages:
        graph.squash_module(f"lukou_market.{package}")
    names = {f"lukou_market.{package}": package for package in packages}
    return {
        package: {
            names[found] for found in graph.find_modules_directly_imported_by(name) & names.keys()
        }
        for name, package in names.items()
    }


if __name__ == "__main__":
    DOCUMENT.write_text(_DRAWN.sub(lambda _: drawn(), DOCUMENT.read_text(), count=1))
