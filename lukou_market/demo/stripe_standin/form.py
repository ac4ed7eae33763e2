"""Stripe's form encoding: `a[b][0]=1` is a tree."""

import re
from typing import Any
from urllib.parse import parse_qsl

from .errors import ParameterError

_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")


def decode(text: str) -> dict[str, Any]:
    """Nested dicts with string leaves; a list is a dict keyed "0", "1", … until validated.

    Raises ParameterError when one name is used both as a leaf and as a branch.
    """
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *branches, leaf = _path(name)
        node = tree
        for key in branches:
            node = node.setdefault(_index(node, key), {})
            if not isinstance(node, dict):
                raise ParameterError(f"Invalid parameter: {name}", param=name)
        leaf = _index(node, leaf)
        if isinstance(node.get(leaf), dict):
            raise ParameterError(f"Invalid parameter: {name}", param=name)
        node[leaf] = value
    return tree


def _path(name: str) -> list[str]:
    match = _NAME.match(name)
    if match is None:
        return [name]
    return [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]


def _index(node: dict[str, Any], key: str) -> str:
    return key or str(len(node))
