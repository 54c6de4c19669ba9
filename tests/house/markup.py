"""What a template, a stylesheet or a script may hold under the house's content security policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import PurePosixPath

LAYOUTS, PARTS, MAIL = "templates/layout/", "templates/parts/", ("templates/mail/", "templates/letters/")
NAMESPACES = re.compile(r"https?://(?:www\.)?(?:w3\.org|schema\.org)\b")
FOREIGN = re.compile(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b[^\s\"')]*", re.IGNORECASE)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
DATA_BLOCKS = ("application/ld+json", "application/json")


class Inline(HTMLParser):
    """Collects what the policy would block: inline style, inline script, event attributes."""

    def __init__(self, *, mail: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.mail = mail
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        line = self.getpos()[0]
        if tag == "style" and not self.mail:
            self.found.append(f"{line} has a <style>: move it into static/look/.")
        if tag == "script" and not given.get("src") and given.get("type") not in DATA_BLOCKS:
            self.found.append(f"{line} has a script without src: move it into static/js/.")
        for name, value in given.items():
            if name == "style" and not self.mail:
                self.found.append(f"{line} has style=: give it a class.")
            if name.startswith("on"):
                self.found.append(f"{line} has {name}=: listen in static/js/.")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{line} has a javascript: address: use a button and static/js/.")

    handle_startendtag = handle_starttag


def inline_code(templates: dict[str, str]) -> list[str]:
    """Templates with inline style, script or handlers. A letter's HTML may carry <style>: mail has no stylesheets."""
    problems = []
    for path, text in templates.items():
        if PurePosixPath(path).suffix not in (".html", ".svg"):
            continue
        parser = Inline(mail=path.startswith(MAIL))
        parser.feed(JINJA.sub(lambda found: "x" + "\n" * found[0].count("\n"), text))
        problems += [f"{path}:{found}" for found in parser.found]
    return problems


def foreign_addresses(files: dict[str, str]) -> list[str]:
    """Addresses of other hosts; no request of any page leaves its own."""
    problems = []
    for path, text in files.items():
        bare = (
            COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), text) if path.endswith(".css") else text
        )
        for number, line in enumerate(bare.splitlines(), 1):
            problems += [
                f"{path}:{number} names {found[0]}: no page asks another host; vendor it into static/vendor/."
                for found in FOREIGN.finditer(NAMESPACES.sub("", line))
                if not _is_comment(path, line[: found.start()])
            ]
    return problems


def _is_comment(path: str, before: str) -> bool:
    """`// see.here` in a script is a comment, no address."""
    return path.endswith(".js") and not before.rstrip().endswith(("'", '"', "`", "(", "="))


def homeless(templates: dict[str, str]) -> list[str]:
    """Pages that do not end in a layout, however many templates are between; what others take in is a part."""
    taken = re.compile(r"\{%-?\s*(?:include|import|from)\s+[\"']([^\"']+)[\"']")
    parts = {f"templates/{name}" for text in templates.values() for name in taken.findall(text)}
    problems = []
    for path, text in templates.items():
        if not path.endswith(".html") or path.startswith((LAYOUTS, PARTS, *MAIL)) or path in parts:
            continue
        if not _reaches_layout(path, text, templates=templates):
            problems.append(
                f"{path} extends no layout: begin it with {{% extends 'layout/page.html' %}} or the like."
            )
    return problems


def _reaches_layout(path: str, text: str, *, templates: dict[str, str]) -> bool:
    for _ in range(5):
        found = re.search(r"\{%-?\s*extends\s+[\"']([^\"']+)[\"']", text)
        if not found:
            return False
        path = f"templates/{found[1]}"
        if path.startswith(LAYOUTS):
            return path in templates
        text = templates.get(path, "")
    return False
