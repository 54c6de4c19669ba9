"""A small server that shows pages made of the parts with made-up data, under the app's own policy for browsers.

python tests/look/gallery.py [--port 5190] [--pages FOLDER]: / lists what there is.
"""

from __future__ import annotations

import argparse
import mimetypes
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, TemplateNotFound, select_autoescape
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from eventapp.formats import qr, ridge  # noqa: E402
from eventapp.web.looks import HEADERS, policy  # noqa: E402
from tests.look import forms  # noqa: E402

Answer = tuple[str, str, bytes]


class Quiet(WSGIRequestHandler):
    """No line per request."""

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


def environment(pages: Path | None) -> Environment:
    """Jinja as the app sets it up, with stand-ins for what needs a request."""
    folders = [FileSystemLoader(folder) for folder in (pages, ROOT / "templates") if folder]
    made = Environment(
        loader=ChoiceLoader(folders),
        autoescape=select_autoescape(["html"]),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_null_translations(newstyle=True)
    made.globals.update(
        asset=lambda name: f"/static/{name}",
        ridge_line=ridge,
        csrf_token=lambda: "made-up",
        other_language_url=lambda: "?language=en",
        forms=forms,
        qr_svg=lambda text: Markup(qr.svg(text)),
        language="ko",
    )
    return made


def application(pages: Path | None) -> Callable[..., Iterable[bytes]]:
    """The WSGI program: static files, and one page for each template of the folder."""
    templates = environment(pages)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        query = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        status, kind, body = _static(path) if path.startswith("/static/") else _page(templates, path, query)
        extra = [*HEADERS.items(), ("Content-Security-Policy", policy(script_src="'wasm-unsafe-eval'"))]
        start_response(status, [("Content-Type", kind), *extra])
        return [body]

    return answer


def _static(path: str) -> Answer:
    file = (ROOT / path.lstrip("/")).resolve()
    if not file.is_file() or ROOT / "static" not in file.parents:
        return "404 Not Found", "text/plain", b"no such file"
    return "200 OK", mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes()


def _page(templates: Environment, path: str, query: dict[str, str]) -> Answer:
    name = path.strip("/") or "look/parts"
    try:
        page = templates.get_template(f"{name}.html")
    except TemplateNotFound:
        return "404 Not Found", "text/plain", b"no such page"
    return "200 OK", "text/html; charset=utf-8", page.render(query=query).encode()


def main() -> None:
    """Serve until interrupted."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=5190)
    asked.add_argument("--pages", type=Path, default=None, help="a folder of more templates, one page each")
    given = asked.parse_args()
    with make_server("127.0.0.1", given.port, application(given.pages), handler_class=Quiet) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
