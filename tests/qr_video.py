"""A QR as a film for Chromium's fake camera: Y4M, 640 x 480, the code in black on white."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from eventapp.formats import qr

WIDTH, HEIGHT, FRAMES, PER_SECOND = 640, 480, 10, 10
MODULE = 8
DARK, LIGHT, GREY = 16, 235, 128  # as video counts brightness and colour
HEAD = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n"

EMPTY = [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]  # a camera before which there is no code


def write(file: Path, *texts: str, frames: int = FRAMES) -> list[str]:
    """Film the QR of each text for so many frames, over and over; returns the browser's flags that make it its camera."""
    with file.open("wb") as film:
        film.write(HEAD.encode())
        for text in texts:
            frame = b"FRAME\n" + _brightness(text).tobytes() + bytes([GREY]) * (WIDTH * HEIGHT // 2)
            film.writelines([frame] * frames)
    return [*EMPTY, f"--use-file-for-fake-video-capture={file}"]


def _brightness(text: str) -> np.ndarray:
    """The code in the middle of a white picture."""
    picture = np.full((HEIGHT, WIDTH), LIGHT, dtype=np.uint8)
    dark = np.array(qr.matrix(text), dtype=bool)
    code = np.where(np.kron(dark, np.ones((MODULE, MODULE), dtype=bool)), DARK, LIGHT).astype(np.uint8)
    top, left = (HEIGHT - len(code)) // 2, (WIDTH - len(code)) // 2
    picture[top : top + len(code), left : left + len(code)] = code
    return picture
