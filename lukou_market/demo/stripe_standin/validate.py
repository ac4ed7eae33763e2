"""What a request may contain: small rules that turn decoded strings into values or refuse them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from .errors import ParameterError


class Rule(Protocol):
    """Reads one parameter; `name` is its full name as Stripe spells it in errors."""

    @property
    def required(self) -> bool: ...

    def read(self, name: str, raw: object) -> Any: ...


def _text(name: str, raw: object) -> str:
    if not isinstance(raw, str):
        raise ParameterError("Invalid string", param=name)
    if not raw:
        message = f"You passed an empty string for '{name}'."
        raise ParameterError(message, param=name, code="parameter_invalid_empty")
    return raw


def _branch(name: str, raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ParameterError("Invalid object", param=name)
    return raw


@dataclass(frozen=True)
class Text:
    """A string, at most `longest` characters, one of `choices` if there are any."""

    required: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 5000

    def read(self, name: str, raw: object) -> str:
        text = _text(name, raw)
        if self.choices and text not in self.choices:
            allowed = ", ".join(self.choices)
            raise ParameterError(f"Invalid {name}: must be one of {allowed}", param=name)
        if len(text) > self.longest:
            message = f"Invalid string: {name} must be at most {self.longest} characters"
            raise ParameterError(message, param=name)
        return text


@dataclass(frozen=True)
class Url:
    """An absolute http or https address."""

    required: bool = False

    def read(self, name: str, raw: object) -> str:
        text = _text(name, raw)
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ParameterError("Not a valid URL", param=name, code="url_invalid")
        return text


@dataclass(frozen=True)
class Integer:
    """A whole number from `least` to `most`, both included."""

    required: bool = False
    least: int = 0
    most: int = 2**53

    def read(self, name: str, raw: object) -> int:
        text = _text(name, raw)
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 18):
            message = f"Invalid integer: {text}"
            raise ParameterError(message, param=name, code="parameter_invalid_integer")
        if not self.least <= int(text) <= self.most:
            message = f"Invalid integer: {name} must be between {self.least} and {self.most}"
            raise ParameterError(message, param=name, code="parameter_invalid_integer")
        return int(text)


@dataclass(frozen=True)
class Metadata:
    """Up to 50 strings under names of up to 40 characters."""

    required: bool = False

    def read(self, name: str, raw: object) -> dict[str, str]:
        if raw == "":
            return {}
        pairs = _branch(name, raw)
        if len(pairs) > 50:
            raise ParameterError("Metadata can have at most 50 keys", param=name)
        for key, value in pairs.items():
            if len(key) > 40 or not isinstance(value, str) or len(value) > 500:
                message = "Metadata keys have up to 40 and values up to 500 characters"
                raise ParameterError(message, param=f"{name}[{key}]")
        return dict(pairs)


@dataclass(frozen=True)
class Group:
    """Named parameters; any other name is refused."""

    fields: Mapping[str, Rule]
    required: bool = False

    def read(self, name: str, raw: object) -> dict[str, Any]:
        given = _branch(name, raw)
        for key in given:
            if key not in self.fields:
                full = _join(name, key)
                message = f"Received unknown parameter: {full}"
                raise ParameterError(message, param=full, code="parameter_unknown")
        for key, rule in self.fields.items():
            if rule.required and key not in given:
                full = _join(name, key)
                message = f"Missing required param: {full}."
                raise ParameterError(message, param=full, code="parameter_missing")
        return {key: self.fields[key].read(_join(name, key), raw) for key, raw in given.items()}


@dataclass(frozen=True)
class Many:
    """A list of one to `most` entries."""

    item: Rule
    required: bool = False
    most: int = 100

    def read(self, name: str, raw: object) -> list[Any]:
        if not isinstance(raw, dict) or not all(key.isdecimal() for key in raw):
            raise ParameterError("Invalid array", param=name)
        if len(raw) > self.most:
            raise ParameterError(f"Array exceeds maximum of {self.most}", param=name)
        rows = sorted(raw.items(), key=lambda row: int(row[0]))
        return [self.item.read(_join(name, key), value) for key, value in rows]


_MOMENTS = Group({key: Integer() for key in ("gt", "gte", "lt", "lte")})


@dataclass(frozen=True)
class Moments:
    """A moment (seconds since 1970) or bounds: {"gt" | "gte" | "lt" | "lte": seconds}."""

    required: bool = False

    def read(self, name: str, raw: object) -> dict[str, int]:
        if isinstance(raw, dict):
            return _MOMENTS.read(name, raw)
        second = Integer().read(name, raw)
        return {"gte": second, "lte": second}


def _join(parent: str, key: str) -> str:
    return f"{parent}[{key}]" if parent else key
