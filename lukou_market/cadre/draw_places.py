"""The treemap of a region's places as tiles with text: area is net sales, shade completion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lukou_market.cadre.progress import Place
from lukou_market.cadre.short_amounts import short_yuan
from lukou_market.cadre.treemap import Rect, squarify
from lukou_market.kernel.money import percent

_PADDING, _LEADING = 8.0, 1.35


class Canvas(NamedTuple):
    """A drawing's size, and the sizes of type it may use, largest first."""

    width: int
    height: int
    type_sizes: tuple[int, ...]


WIDE = Canvas(960, 360, (20, 17, 15, 13))
NARROW = Canvas(360, 420, (17, 15, 13, 12))


@dataclass(frozen=True, slots=True)
class Tile:
    """A place, or the `others` too small for a name of their own, and what stands on it."""

    places: Sequence[Place]
    rect: Rect
    type_size: int
    lines: Sequence[str]

    @property
    def place(self) -> Place | None:
        """None where several share the tile."""
        return self.places[0] if len(self.places) == 1 else None

    @property
    def net_fen(self) -> int:
        """What its area stands for."""
        return sum(place.net_fen for place in self.places)

    @property
    def box(self) -> dict[str, str]:
        """The rectangle, a hairline apart from its neighbours."""
        rect = self.rect
        values = (rect.x + 1, rect.y + 1, max(rect.width - 2, 0), max(rect.height - 2, 0))
        return dict(zip(("x", "y", "width", "height"), map(_number, values), strict=True))

    @property
    def text(self) -> list[tuple[str, str, str]]:
        """(x, baseline, words) of each line."""
        left, top = self.rect.x + _PADDING, self.rect.y + _PADDING
        return [
            (_number(left), _number(top + self.type_size * (0.9 + _LEADING * n)), line)
            for n, line in enumerate(self.lines)
        ]


def draw_places(places: Sequence[Place], canvas: Canvas, others: str) -> list[Tile]:
    """Tiles of the places that sold something, largest first.

    `others` ("%d others") names a tile of the smallest, as many as have no room for their names.
    """
    selling = sorted(
        (place for place in places if place.net_fen > 0),
        key=lambda place: (-place.net_fen, place.region.code),
    )
    for named in range(len(selling), 0, -1):
        groups = [[place] for place in selling[:named]]
        if selling[named:]:
            groups.append(list(selling[named:]))
        tiles = _tiles(groups, canvas, others)
        if all(tile.lines for tile in tiles if tile.place):
            return tiles
    return []


def _tiles(groups: list[list[Place]], canvas: Canvas, others: str) -> list[Tile]:
    sums = [sum(place.net_fen for place in group) for group in groups]
    order = sorted(range(len(groups)), key=lambda n: -sums[n])
    rects = squarify([sums[n] for n in order], Rect(0, 0, canvas.width, canvas.height))
    return [
        Tile(groups[n], rect, *_fitting(_words(groups[n], sums[n], others), rect, canvas))
        for n, rect in zip(order, rects, strict=True)
    ]


def _words(group: list[Place], net_fen: int, others: str) -> list[str]:
    if len(group) > 1:
        return [others % len(group), short_yuan(net_fen)]
    done = group[0].completion_bp
    completed = [] if done is None else [f"{percent(done)}%"]
    return [group[0].region.name, short_yuan(net_fen), *completed]


def _fitting(words: list[str], rect: Rect, canvas: Canvas) -> tuple[int, list[str]]:
    """The largest type in which most lines fit; no lines where not even the first does."""
    for count in range(len(words), 0, -1):
        for size in canvas.type_sizes:
            wide = max(_ems(line) for line in words[:count]) * size <= rect.width - 2 * _PADDING
            high = (1 + _LEADING * (count - 1)) * size + 2 * _PADDING <= rect.height
            if wide and high:
                return size, words[:count]
    return canvas.type_sizes[-1], []


def _ems(text: str) -> float:
    """Its width in ems: a Chinese character is one, digits and letters are narrower."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.62 for character in text)


def _number(value: float) -> str:
    return f"{value:.1f}"
