"""A real SMTP server on this machine that refuses, hangs up or falls silent at a stage of one's choice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from live import free_port

STAGES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "dot")
SILENCE = 60


class Letters:
    """What arrived, and how the server behaves now: a stage and what happens there.

    at: one of STAGES or ''. then: 'drop', 'silence', or an answer such as '451 later'. The stage dot is
    reached when the letter is received: what arrives there counts as arrived unless it is answered by a no.
    """

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.at = ""
        self.then = ""
        self.reached = 0
        self.wires: list[Any] = []

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content)
        if self.at != "dot":
            self.arrived.append(letter)
            return "250 kept"
        if self.then in ("drop", "silence"):
            self.arrived.append(letter)
        return await misbehave(server, self) or "250 kept"


class Moody(SMTP):
    """aiosmtpd with the mood of `event_handler`, a Letters."""

    def connection_made(self, transport: Any) -> None:
        self.event_handler.wires.append(transport)
        super().connection_made(transport)

    async def _handle_client(self) -> None:
        letters = self.event_handler
        if letters.at == "greeting":
            answer = await misbehave(self, letters)
            if answer:
                await self.push(answer)
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_EHLO(self, arg: str) -> None:
        await self._mood("EHLO", super().smtp_EHLO, arg)

    async def smtp_MAIL(self, arg: str) -> None:
        await self._mood("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str) -> None:
        await self._mood("RCPT", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.at == "body":
            await self.push("354 go on")
            await misbehave(self, self.event_handler)
            return
        await self._mood("DATA", super().smtp_DATA, arg)

    async def _mood(self, stage: str, as_usual: Any, arg: str) -> None:
        if self.event_handler.at != stage:
            await as_usual(arg)
            return
        answer = await misbehave(self, self.event_handler)
        if answer:
            await self.push(answer)


async def misbehave(server: SMTP, letters: Letters) -> str:
    """Do what the mood says; the answer to give, where it is one."""
    letters.reached += 1
    if letters.then == "drop":
        server.transport.close()
        return ""
    if letters.then == "silence":
        await asyncio.sleep(SILENCE)
        return ""
    return letters.then


class MoodyController(Controller):
    """Makes a Moody for every connection."""

    def factory(self) -> SMTP:
        return Moody(self.handler, hostname="mail.example", enable_SMTPUTF8=False)


@contextmanager
def mail_server() -> Iterator[tuple[Letters, str]]:
    """The letters that arrive and the MAIL_URL that leads here."""
    letters = Letters()
    controller = MoodyController(letters, hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    controller.start()
    letters.wires.clear()  # the controller's own knock at the door
    try:
        yield letters, f"smtp://127.0.0.1:{controller.port}?tls=none&timeout=1"
    finally:
        asyncio.run_coroutine_threadsafe(_cut(letters.wires), controller.loop).result(timeout=5)
        controller.stop(no_assert=True)


async def _cut(wires: list[Any]) -> None:
    for wire in wires:
        wire.abort()
    await asyncio.sleep(0.05)
