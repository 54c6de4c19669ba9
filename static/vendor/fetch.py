"""Fetch the browser files kept in this folder: pinned, checked by sha512, only what is needed unpacked.

Run it only to renew them (it needs npm): python3 static/vendor/fetch.py
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SPRITE = ROOT / "static" / "look" / "icons.svg"

# NAME@VERSION: the sha512 of its archive
ARCHIVES = {
    "pretendard@1.3.9": "PaQAADyLY5v4kYFwkpSJHbSSYIkiriY/1xXw75TKoZ9UQQqeU+tvP05yTdZAWibiIYoo8ZKtRv8PM7w0IaywSw==",
    "zxing-wasm@3.1.4": "1+v8p7sauddySVNG+ye7GD/0TS95BG2ycdkrC+EnBrFBFkHeIghzUt2yVjtx3NucJeNrQnhT8yGAIz60Vx9o0w==",
    "idb@8.0.4": "jd0ITCrN+Zah4J7R/Z2jnR3W7A4BXDAjmo62MwWuSjxCiueUAf7X5rbodEdidWzeknwXHmLpdZkoiiCppNi30Q==",
    "lucide-static@1.62.0": "WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
    "axe-core@4.14.1": "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
}

# NAME@VERSION: (a pattern of paths inside the archive, where they go under static/vendor or tests/vendor)
WANTED = {
    "pretendard@1.3.9": [
        (r"package/dist/web/variable/(pretendardvariable-dynamic-subset\.css)", r"\1"),
        (r"package/dist/web/variable/(woff2-dynamic-subset/[\w.]+\.woff2)", r"\1"),
        (r"package/dist/public/static/alternative/(Pretendard-(?:Regular|SemiBold)\.ttf)", r"ttf/\1"),
        (r"package/dist/LICENSE\.txt", "LICENSE.txt"),
    ],
    "zxing-wasm@3.1.4": [
        (r"package/dist/es/(share\.js|reader/index\.js)", r"es/\1"),
        (r"package/dist/reader/(zxing_reader\.wasm)", r"\1"),
        (r"package/LICENSE", "LICENSE"),
    ],
    "idb@8.0.4": [(r"package/build/index\.js", "index.js"), (r"package/LICENSE", "LICENSE")],
    "lucide-static@1.62.0": [(r"package/LICENSE", "LICENSE")],
    "axe-core@4.14.1": [(r"package/(axe\.min\.js|LICENSE)", r"\1")],
}
OUTSIDE = {"axe-core@4.14.1": ROOT / "tests" / "vendor"}

ICONS = [
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "calendar",
    "camera",
    "check",
    "chevron-down",
    "chevron-right",
    "circle-help",
    "clock",
    "copy",
    "download",
    "eye",
    "flashlight",
    "info",
    "keyboard",
    "link",
    "list",
    "lock",
    "mail",
    "map-pin",
    "pencil",
    "phone",
    "plus",
    "printer",
    "qr-code",
    "refresh-cw",
    "search",
    "switch-camera",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "upload",
    "user-plus",
    "users",
    "volume-2",
    "wifi-off",
    "x",
]


def main() -> int:
    """Renew everything; 1 when an archive is not the one that was pinned."""
    with tempfile.TemporaryDirectory() as folder:
        for pin in ARCHIVES:
            archive = _packed(pin, Path(folder))
            if _digest(archive) != ARCHIVES[pin]:
                sys.stderr.write(f"{pin}: the archive is not the pinned one; nothing of it was unpacked.\n")
                return 1
            with tarfile.open(archive) as opened:
                count = _unpack(opened, pin)
                if pin.startswith("lucide"):
                    SPRITE.write_text(_sprite(opened, pin), encoding="utf-8")
            sys.stdout.write(f"{pin}: {count} files\n")
    return 0


def _packed(pin: str, folder: Path) -> Path:
    done = subprocess.run(
        ["npm", "pack", "--silent", pin], cwd=folder, capture_output=True, text=True, check=True
    )
    return folder / done.stdout.strip().splitlines()[-1]


def _digest(archive: Path) -> str:
    return base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()


def _unpack(opened: tarfile.TarFile, pin: str) -> int:
    folder = OUTSIDE.get(pin, HERE) / pin.replace("@", "-")
    count = 0
    for member in opened.getmembers():
        for pattern, goal in WANTED[pin]:
            found = re.fullmatch(pattern, member.name)
            if not found or not member.isfile():
                continue
            file = folder / found.expand(goal)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(opened.extractfile(member).read())
            count += 1
    return count


def _sprite(opened: tarfile.TarFile, pin: str) -> str:
    symbols = []
    for name in ICONS:
        source = opened.extractfile(f"package/icons/{name}.svg").read().decode()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL).group(1)
        inner = re.sub(r"\s+", " ", inner).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    note = f"<!-- Icons of Lucide ({pin}), ISC licence: static/vendor/{pin.replace('@', '-')}/LICENSE -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', note, *symbols, "</svg>\n"])


if __name__ == "__main__":
    raise SystemExit(main())
