"""Many people at once against a served app: threads, plain HTTP, one answer each."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass
class Caller:
    """One client with its own cookies and connection."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str) -> tuple[int, str]:
        """(status, body); redirects are not followed."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: dict[str, Any]) -> tuple[int, str]:
        """Send a form."""
        return self._ask("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})

    def post_json(self, path: str, body: Any) -> tuple[int, Any]:
        """Send JSON, read JSON."""
        status, text = self._ask("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        return status, json.loads(text)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=120)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def all_at_once(what: Callable[[Given], Found], who: Iterable[Given], *, most: int = 200) -> list[Found]:
    """Do `what` for each of `who`, all starting at one moment; answers in their order."""
    people = list(who)
    gate = threading.Barrier(min(most, len(people)))

    def start(one: Given) -> Found:
        if not gate.broken:
            with suppress(threading.BrokenBarrierError):
                gate.wait(timeout=30)
        return what(one)

    with ThreadPoolExecutor(max_workers=min(most, len(people))) as pool:
        first = [pool.submit(start, one) for one in people[: gate.parties]]
        rest = [pool.submit(what, one) for one in people[gate.parties :]]
        return [future.result() for future in first + rest]
