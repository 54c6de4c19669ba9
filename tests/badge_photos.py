"""A badge before a phone's camera as it really is: 640 x 480, in bad light, tilted, blurred, from afar, inverted."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageOps
from playwright.sync_api import Page

from eventapp.formats import qr

SIZE = (640, 480)
TEXT = "HTTPS://DAY.EXAMPLE/B/5W8TNB04RJ9"
LOOK = """async (photos) => {
  const settings = JSON.parse(document.getElementById("main").dataset.settings);
  const { Camera } = await import(document.querySelector("script[src*='door/scanner.js']").src.replace("scanner", "camera"));
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480, videoWidth: 640, videoHeight: 480 });
  const camera = new Camera(document.createElement("video"), { wasm: settings.wasm, onText() {}, onState() {} });
  camera.video = canvas;
  await camera.look();
  const found = [];
  for (const photo of photos) {
    const image = Object.assign(new Image(), { src: photo });
    await image.decode();
    canvas.getContext("2d").drawImage(image, 0, 0);
    const began = performance.now();
    found.push([await camera.look(), performance.now() - began]);
  }
  return found;
}"""


@dataclass
class Rate:
    """How many of a condition's photos were read, and how long a look took."""

    read: int
    of: int
    middle: float  # milliseconds
    longest: float


def rates(page: Page, count: int) -> dict[str, Rate]:
    """Each condition's photos through the scanner's own camera code, on a page of the scanner."""
    return {name: _rate(page.evaluate(LOOK, photos(take, count))) for name, take in CONDITIONS.items()}


def photos(take: Callable[[np.random.Generator], Image.Image], count: int) -> list[str]:
    """So many of one condition as data addresses, the same each time."""
    return [_address(take(np.random.default_rng(number))) for number in range(count)]


def _rate(found: list[Any]) -> Rate:
    times = sorted(time for _, time in found)
    read = sum(text == TEXT for text, _ in found)
    return Rate(read, len(found), times[len(times) // 2], times[-1])


def _address(photo: Image.Image) -> str:
    file = BytesIO()
    photo.save(file, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()


# -- what is before the camera ------------------------------------------------------------------------


def _badge(chance: np.random.Generator, module: float = 5.5, angle: float = 0) -> Image.Image:
    """The card in somebody's hand, off the middle, before a room that is no plain wall."""
    dark = np.array(qr.matrix(TEXT), dtype=bool)
    code = Image.fromarray(np.where(dark, 25, 240).astype(np.uint8))
    side = round(len(dark) * module)
    card = Image.new("L", (round(side * 1.3), round(side * 1.6)), 240)
    card.paste(code.resize((side, side), Image.Resampling.BICUBIC), (round(side * 0.15), round(side * 0.2)))
    rough = chance.integers(40, 200, (12, 16)).astype(np.uint8)
    room = Image.fromarray(rough).resize(SIZE, Image.Resampling.BICUBIC)
    shape = Image.new("L", card.size, 255).rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    card = card.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    left, top = ((room.size[at] - card.size[at]) // 2 + int(chance.integers(-60, 60)) for at in (0, 1))
    room.paste(card, (left, top), shape)
    return room


def _noisy(photo: Image.Image, chance: np.random.Generator, *, sigma: float) -> Image.Image:
    light = np.asarray(photo, dtype=float) + chance.normal(0, sigma, (SIZE[1], SIZE[0]))
    return Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))


def plain(chance: np.random.Generator) -> Image.Image:
    return _noisy(_badge(chance), chance, sigma=3)


def bad_light(chance: np.random.Generator) -> Image.Image:
    """A twelfth to a fifth of the light, a shadow over half of it, and the noise of a sensor at its limit."""
    light = np.asarray(_badge(chance), dtype=float) * chance.uniform(0.08, 0.2) + 8
    across = np.linspace(chance.uniform(0.35, 0.6), 1, SIZE[0])
    return _noisy(Image.fromarray((light * across).astype(np.uint8)), chance, sigma=chance.uniform(3, 6))


def tilted(chance: np.random.Generator) -> Image.Image:
    """Turned by any angle and held aslant, so that one edge is up to sixty per cent shorter than the other."""
    photo = _badge(chance, angle=chance.uniform(0, 360))
    (width, height), pinch = SIZE, chance.uniform(0.2, 0.6)
    corners = [
        (0, 0),
        (width, pinch * height / 2),
        (width, height * (1 - pinch / 2)),
        (0, height),
    ]
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    return _noisy(
        photo.transform(
            SIZE, Image.Transform.PERSPECTIVE, _towards(flat, corners), Image.Resampling.BICUBIC, fillcolor=90
        ),
        chance,
        sigma=3,
    )


def blurred(chance: np.random.Generator) -> Image.Image:
    """Out of focus, and moved by a third of a module to more than a whole one while the shutter was open."""
    photo = _badge(chance, angle=chance.uniform(-15, 15))
    photo = photo.filter(ImageFilter.GaussianBlur(chance.uniform(1, 2.4)))
    moved = np.asarray(photo, dtype=float)
    steps = int(chance.integers(2, 8))
    light = sum(np.roll(moved, step, axis=1) for step in range(steps)) / steps
    return _noisy(Image.fromarray(light.astype(np.uint8)), chance, sigma=3)


def far(chance: np.random.Generator) -> Image.Image:
    """So far off that a module is a pixel and a half to two and a bit."""
    return _noisy(_badge(chance, module=chance.uniform(1.5, 2.2)), chance, sigma=3)


def inverted(chance: np.random.Generator) -> Image.Image:
    """White on black, as a phone that turns colours about shows its pass."""
    return ImageChops.invert(ImageOps.autocontrast(plain(chance)))


def _towards(flat: list[Any], corners: list[Any]) -> list[float]:
    """The eight numbers that carry each point of the photo's corners back to the flat picture."""
    rows, to = [], []
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        to += [u, v]
    return list(np.linalg.solve(np.array(rows, dtype=float), np.array(to, dtype=float)))


CONDITIONS = {
    "plain": plain,
    "bad light": bad_light,
    "tilted": tilted,
    "blurred": blurred,
    "far": far,
    "inverted": inverted,
}
