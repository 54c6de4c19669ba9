"""The ridge of Hallasan: its line, and where dots stand on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]

WIDTH = 1000
HEIGHT = 150
BACK_HEIGHT = 60
LEAD = 147
_LINE = (
    "0 120 36 120 60 117 84 111 132 112 156 109 184 103 228 101 256 96 292 83 340 77 360 69 368 67 384 57 "
    "416 47 424 42 432 38 452 25 464 13 468 11 492 9 500 10 520 10 544 13 548 17 560 32 568 38 624 64 660 73 "
    "680 83 700 89 720 92 744 93 756 95 780 103 804 108 828 110 864 110 896 117 912 119 932 120 960 117 1000 125"
)
# the public page moves the summit to the right of its title: more of the foot on the left
_LEADING = "-147 132 -124 131 -104 130 -84 128.5 -62 127.5 -40 125 -18 121.5"
# the second, fainter ridge of the public page, in a box of its own, 1000 by 60
_BEHIND = (
    "0 45 45 39 100 33 150 25 191 26 230 26 252 30 274 41 306 44 357 38 402 39 459 44 529 41 619 40 670 29 "
    "746 28 797 20 874 24 919 38 944 44 1000 44"
)


def _points(text: str) -> tuple[Point, ...]:
    numbers = [float(word) for word in text.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


FRONT = _points(_LINE)
LONG = _points(_LEADING) + FRONT
BACK = _points(_BEHIND)


@dataclass(frozen=True)
class Dot:
    """A place on the line, in the units of its box (WIDTH by HEIGHT or BACK_HEIGHT)."""

    x: float
    y: float


def path(points: Sequence[Point] = FRONT) -> str:
    """The line as SVG path data, smooth through: quadratics whose ends are the midpoints."""
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in pairwise(points)]
    drawn = [f"M{_short(points[0])}L{_short(middles[0])}"]
    for corner, middle in zip(points[1:-1], middles[1:], strict=True):
        drawn.append(f"Q{_short(corner)} {_short(middle)}")
    return "".join([*drawn, f"L{_short(points[-1])}"])


def height_at(x: float, points: Sequence[Point] = FRONT) -> float:
    """The y of the line at x; before its beginning and after its end as at them."""
    if x <= points[0][0]:
        return points[0][1]
    for (ax, ay), (bx, by) in pairwise(points):
        if x <= bx:
            return ay + (by - ay) * (x - ax) / (bx - ax)
    return points[-1][1]


def positions(count: int, start: float = 277, *, step: float = 40) -> list[Dot]:
    """Dots for `count` seats, the first at x = start, one every `step`; closer where the line would end."""
    if count > 1:
        step = min(step, (WIDTH - 60 - start) / (count - 1))
    return [_dot(start + step * index, FRONT) for index in range(count)]


def walk(count: int) -> tuple[list[Dot], list[Dot]]:
    """People walking in their twos and threes: the first half on the front ridge, the rest on the back one.

    85 gives 43 and 42. Both lists are ordered from left to right.
    """
    front = (count + 1) // 2
    return (
        procession(_companies(front), first=85, last=833),
        procession(_companies(count - front), first=28, last=965, points=BACK),
    )


def procession(
    sizes: Iterable[int], *, first: float = 32, last: float = 967, points: Sequence[Point] = FRONT
) -> list[Dot]:
    """One dot for each person of each company, companies a wider gap apart (twice a step), from first to last."""
    groups = [size for size in sizes if size > 0]
    steps = sum(size - 1 for size in groups) + 2 * (len(groups) - 1) if groups else 0
    step = (last - first) / steps if steps else 0.0
    x, dots = first, []
    for size in groups:
        dots += [_dot(x + step * index, points) for index in range(size)]
        x += step * (size + 1)
    return dots


def _companies(people: int) -> list[int]:
    pattern = (2, 3, 2, 2, 3, 3, 2, 2)
    sizes: list[int] = []
    while people > 0:
        size = min(pattern[len(sizes) % len(pattern)], people)
        sizes.append(size)
        people -= size
    return sizes


def _dot(x: float, points: Sequence[Point]) -> Dot:
    return Dot(round(x, 1), round(height_at(x, points), 1))


def _short(point: Point) -> str:
    return " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in point)
