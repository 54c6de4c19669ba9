"""A stand-in for the Alimtalk provider: a real HTTP server that checks signature, date and shape, and has moods."""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY, SECRET = "NCSKEY0001", "a-secret-nobody-logs"
PATIENCE = 3  # refusals; a sender that asks on is let in, and its test counts
SKEW = 900  # seconds that a date may be off
SIGNED = re.compile(r"HMAC-SHA256 apiKey=(\S+), date=(\S+), salt=(\S{12,64}), signature=([0-9a-f]{64})")
OPTIONS = {"pfId", "templateId", "variables", "disableSms"}


class Notes:
    """What arrived, and the mood: a status to answer, "hang", "cut" or "garbage"."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.asked = 0
        self.mood: int | str = 200
        self.salts: set[str] = set()

    def problem(self, signed: str, body: Any) -> tuple[int, str]:
        """Status and code, as the provider answers what it is sent."""
        found = SIGNED.fullmatch(signed)
        if found is None or found[1] != KEY:
            return 401, "InvalidAPIKey"
        _key, date, salt, proof = found.groups()
        if (
            abs((datetime.now(UTC) - datetime.fromisoformat(date.replace("Z", "+00:00"))).total_seconds())
            > SKEW
        ):
            return 401, "RequestTimeTooSkewed"
        wanted = hmac.new(SECRET.encode(), (date + salt).encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, proof) or salt in self.salts:
            return 401, "SignatureDoesNotMatch"
        self.salts.add(salt)
        return (200, "2000") if well_shaped(body) else (400, "ValidationError")


def well_shaped(body: Any) -> bool:
    message = body.get("message", {}) if isinstance(body, dict) else {}
    options = message.get("kakaoOptions", {})
    return (
        set(message) == {"to", "from", "kakaoOptions"}
        and re.fullmatch(r"010\d{8}", message["to"]) is not None
        and message["from"].isdigit()
        and set(options) == OPTIONS
        and options["disableSms"] is True
        and all(re.fullmatch(r"#\{.+\}", name) for name in options["variables"])
    )


class Desk(BaseHTTPRequestHandler):
    """One request, answered as the mood is."""

    def __init__(self, notes: Notes, *wire: Any):
        self.notes = notes
        super().__init__(*wire)

    def do_POST(self) -> None:
        notes = self.notes
        notes.asked += 1
        mood = notes.mood if notes.asked <= PATIENCE else 200
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, code = notes.problem(self.headers.get("Authorization", ""), body)
        if self.path != "/messages/v4/send":
            status, code = 404, "NotFound"
        if status == 200 and isinstance(mood, int) and mood != 200:
            status, code = mood, "SomethingElse"
        if status == 200:
            notes.taken.append(body["message"])
        if mood == "hang":
            time.sleep(1.5)
        if mood not in ("hang", "cut"):
            self._answer(status, code, to=body["message"]["to"])

    def _answer(self, status: int, code: str, *, to: str) -> None:
        said = {"statusCode" if status == 200 else "errorCode": code, "errorMessage": f"번호 {to}"}
        content = b"<html>" if self.notes.mood == "garbage" else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def kakao_server() -> Iterator[tuple[Notes, str]]:
    """What arrives, and the ALIMTALK_URL that leads here."""
    notes = Notes()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Desk, notes))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    wishes = "pfId=KA01PF01&from=0212345678&pass=KA01TP01&timeout=0.5"
    try:
        yield notes, f"http://{KEY}:{SECRET}@127.0.0.1:{server.server_port}?{wishes}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
