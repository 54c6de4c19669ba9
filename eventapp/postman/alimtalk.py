"""KakaoTalk's Alimtalk by SOLAPI v4, or as JSON files beside the mail; off until ALIMTALK_URL is set."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import secrets
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from eventapp import clock
from eventapp.errors import ConfigurationProblem
from eventapp.letters.note import Note
from eventapp.models.message import IN_ALIMTALK
from eventapp.models.states import MessageStatus
from eventapp.postman.carrier import Outcome
from eventapp.postman.outbox import Outbox

ROAD = "/messages/v4/send"
PATIENCE = 15.0  # seconds for an answer; ?timeout= in the URL
HERE = ("127.0.0.1", "localhost", "::1")  # where an open wire leaves no machine
NOTHING_TAKEN = (429, 503)  # the provider says so itself; any other 5xx leaves it open


class NoteBox(Outbox):
    """`file:`: each note a JSON file where mail would lie as .eml."""

    ending = "json"

    def takes(self, purpose: str) -> bool:
        """Every letter that may be said in an Alimtalk."""
        return purpose in IN_ALIMTALK

    def bring(self, letter: Note, *, name: str, before_the_dot: Callable[[], None]) -> Outcome:  # type: ignore[override]
        """See Outbox."""
        said = {"to": letter.to, "template": letter.purpose, "variables": letter.variables}
        content = json.dumps(said, ensure_ascii=False, indent=1).encode()
        return self.lay(content, name=f"{name}.{self.ending}", before_the_dot=before_the_dot)


class Solapi:
    """https://KEY:SECRET@api.solapi.com?pfId=…&from=0212345678&pass=TEMPLATE-ID&timeout=15

    Only letters with a template id of their own go this way.
    """

    def __init__(self, url: str):
        parts = urlsplit(url)
        wishes = dict(parse_qsl(parts.query))
        try:
            self.port = parts.port
            self.patience = float(wishes.get("timeout", PATIENCE))
        except ValueError:
            raise _unclear() from None
        self.safely = parts.scheme == "https"
        self.host = parts.hostname or ""
        self.key, self.secret = unquote(parts.username or ""), unquote(parts.password or "")
        self.sender, self.channel = wishes.get("from", ""), wishes.get("pfId", "")
        self.templates = {one: wishes[_name(one)] for one in IN_ALIMTALK if wishes.get(_name(one))}
        open_wire = parts.scheme == "http" and self.host in HERE
        if not (self.safely or open_wire) or not all((self.host, self.key, self.secret, self.channel)):
            raise _unclear()
        if not self.templates or not self.sender.isdigit():
            raise _unclear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def takes(self, purpose: str) -> bool:
        """Whether a template stands for such a letter."""
        return purpose in self.templates

    def bring(self, letter: Note, *, name: str, before_the_dot: Callable[[], None]) -> Outcome:
        """See Carrier. The last byte of the request is its final dot: without it the far end can do nothing."""
        content = json.dumps(self._body(letter), ensure_ascii=False).encode()
        wire = self._wire()
        try:
            try:
                wire.putrequest("POST", ROAD)
                wire.putheader("Authorization", self._signed())
                wire.putheader("Content-Type", "application/json; charset=utf-8")
                wire.putheader("Content-Length", str(len(content)))
                wire.endheaders()
                wire.send(content[:-1])
            except (OSError, http.client.HTTPException) as problem:
                return Outcome(MessageStatus.FAILED, f"Alimtalk: {type(problem).__name__}")
            before_the_dot()
            try:
                wire.send(content[-1:])
                answer = wire.getresponse()
                return _outcome(answer.status, answer.read(10_000))
            except (OSError, http.client.HTTPException) as problem:
                return Outcome(MessageStatus.UNCERTAIN, f"Alimtalk: {type(problem).__name__}")
        finally:
            wire.close()

    def _wire(self) -> http.client.HTTPConnection:
        if self.safely:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self.port, timeout=self.patience, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=self.patience)

    def _signed(self) -> str:
        """By the real clock: the provider compares the date with its own."""
        date, salt = clock.outside().strftime("%Y-%m-%dT%H:%M:%SZ"), secrets.token_hex(16)
        proof = hmac.new(self.secret.encode(), f"{date}{salt}".encode(), hashlib.sha256).hexdigest()
        return f"HMAC-SHA256 apiKey={self.key}, date={date}, salt={salt}, signature={proof}"

    def _body(self, letter: Note) -> dict[str, Any]:
        return {
            "message": {
                "to": letter.to,
                "from": self.sender,
                "kakaoOptions": {
                    "pfId": self.channel,
                    "templateId": self.templates[letter.purpose],
                    "variables": letter.variables,
                    "disableSms": True,
                },
            }
        }


def alimtalk_for(url: str, instance: str) -> NoteBox | Solapi | None:
    """By what way Alimtalk leaves: ALIMTALK_URL; None while it is off. Raises ConfigurationProblem."""
    if not url:
        return None
    return NoteBox(instance, url) if url.startswith("file:") else Solapi(url)


def _outcome(status: int, content: bytes) -> Outcome:
    """Taken only where the provider says so; refused where it says so; else who knows."""
    code = _code(content)
    detail = f"Alimtalk: {status} {code}".strip()
    if status == 200 and code[:1] == "2":
        return Outcome(MessageStatus.SENT, detail)
    refused = status < 200 or 300 <= status < 500 or status in NOTHING_TAKEN or (status == 200 and code)
    return Outcome(MessageStatus.FAILED if refused else MessageStatus.UNCERTAIN, detail)


def _code(content: bytes) -> str:
    """The provider's code alone: its sentences may repeat the number."""
    try:
        said = json.loads(content)
    except ValueError:
        return ""
    code = str(said.get("statusCode") or said.get("errorCode") or "") if isinstance(said, dict) else ""
    return code if code.isascii() and code.isalnum() and len(code) <= 40 else ""


def _name(purpose: str) -> str:
    return purpose.replace(" ", "-")


def _unclear() -> ConfigurationProblem:
    return ConfigurationProblem(
        "EVENTAPP_ALIMTALK_URL is neither file: nor "
        "https://KEY:SECRET@api.solapi.com?pfId=…&from=DIGITS&pass=TEMPLATE-ID."
    )
