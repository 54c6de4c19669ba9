"""SMTP: one connection for a round of letters, and an honest word about each of its stages."""

from __future__ import annotations

import re
import select
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from eventapp.errors import ConfigurationProblem
from eventapp.models.states import MessageStatus
from eventapp.postman.carrier import Outcome

TLS = ("starttls", "ssl", "none")
PATIENCE = 30.0  # seconds for an answer; ?timeout= in the URL
LAST_PATIENCE = 6  # times as long for the answer to the final dot: some servers read the letter first
GRACE = 0.02  # seconds in which a server that hung up shows it, before the final dot
ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


class Refused(Exception):
    """The far end said no at some stage."""

    def __init__(self, code: int, words: bytes | str):
        text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        self.code = code
        super().__init__(f"{code} {ADDRESS.sub('<…>', ' '.join(text.split()))}")


class Wire:
    """smtp://user:password@host:port?tls=starttls|ssl|none&timeout=30

    tls: without the word, ssl on port 465, starttls where there is a password (it never goes over an open
    wire), else starttls where the server offers it.
    """

    def __init__(self, url: str):
        parts = urlsplit(url)
        wishes = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            self.port = parts.port or 25
            self.patience = float(wishes.get("timeout", PATIENCE))
        except ValueError:
            raise _unclear() from None
        self.tls = wishes.get("tls", "ssl" if self.port == 465 else "starttls" if parts.username else "")
        if parts.scheme != "smtp" or not parts.hostname or (self.tls and self.tls not in TLS):
            raise _unclear()
        self.host = parts.hostname
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up(politely=kind is None)

    def bring(self, mail: EmailMessage, *, name: str, before_the_dot: Callable[[], None]) -> Outcome:
        """See Carrier. Whatever fails before the final dot is tried again or has failed; after it, who knows."""
        try:
            smtp = self._connected()
        except Refused as refusal:
            self._hang_up(politely=False)
            return Outcome(MessageStatus.QUEUED, str(refusal), True)
        except (OSError, smtplib.SMTPException) as problem:
            self._hang_up(politely=False)
            return Outcome(MessageStatus.QUEUED, _without_addresses(problem), True)
        try:
            self._speak(smtp, mail)
        except Refused as refusal:
            self._start_over(smtp)
            return Outcome(_by_class(refusal.code), str(refusal))
        except (OSError, smtplib.SMTPException) as problem:
            self._hang_up(politely=False)
            return Outcome(MessageStatus.QUEUED, _without_addresses(problem))
        try:
            before_the_dot()
        except BaseException:
            self._hang_up(politely=False)  # without the dot it is no letter
            raise
        return self._last_word(smtp)

    def _connected(self) -> smtplib.SMTP:
        """The connection of this round; a new one where there is none or it went away. Raises Refused."""
        if self.smtp is not None:
            try:
                if self.smtp.noop()[0] == 250:
                    return self.smtp
            except (OSError, smtplib.SMTPException):
                pass
            self._hang_up(politely=False)
        safely = ssl.create_default_context()
        if self.tls == "ssl":
            self.smtp = smtplib.SMTP_SSL(timeout=self.patience, context=safely)
        else:
            self.smtp = smtplib.SMTP(timeout=self.patience)
        self.smtp._host = self.host  # what the certificate has to name; the constructor would connect at once
        _expect(self.smtp.connect(self.host, self.port), 220)
        self._greet(self.smtp)
        if self.tls == "starttls" or (not self.tls and self.smtp.has_extn("starttls")):
            _expect(self.smtp.starttls(context=safely if self.tls else _unchecked()), 220)
            self._greet(self.smtp)
        if self.user:
            _expect(self.smtp.login(self.user, self.password), 235)
        return self.smtp

    def _greet(self, smtp: smtplib.SMTP) -> None:
        code, words = smtp.ehlo()
        if not 200 <= code <= 299:
            if 400 <= code <= 499:
                raise Refused(code, words)
            _expect(smtp.helo(), 250)

    def _speak(self, smtp: smtplib.SMTP, mail: EmailMessage) -> None:
        """Everything but the final dot. Raises Refused and what a broken wire raises."""
        (sender,), (recipient,) = mail["From"].addresses, mail["To"].addresses
        _expect(smtp.mail(sender.addr_spec), 250)
        _expect(smtp.rcpt(recipient.addr_spec), 250, 251)
        _expect(smtp.docmd("DATA"), 354)
        lines = re.sub(rb"(?m)^\.", b"..", mail.as_bytes())
        smtp.send(lines if lines.endswith(b"\r\n") else lines + b"\r\n")
        if smtp.sock is None or select.select([smtp.sock], [], [], GRACE)[0]:
            code, words = smtp.getreply()  # it spoke, or hung up, before we were done
            self._hang_up(politely=False)  # what we say now would be taken for the letter
            raise Refused(code, words)

    def _last_word(self, smtp: smtplib.SMTP) -> Outcome:
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self.patience * LAST_PATIENCE)
            smtp.send(b".\r\n")
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            self._hang_up(politely=False)
            return Outcome(MessageStatus.UNCERTAIN, _without_addresses(problem))
        if smtp.sock is not None:
            smtp.sock.settimeout(self.patience)
        answer = str(Refused(code, words))
        if 200 <= code <= 299:
            return Outcome(MessageStatus.SENT, answer)
        if code == 421:
            self._hang_up(politely=False)
        return Outcome(_by_class(code), answer)

    def _start_over(self, smtp: smtplib.SMTP) -> None:
        """Make the connection fit for the next letter, or give it up."""
        try:
            if smtp.rset()[0] == 250:
                return
        except (OSError, smtplib.SMTPException):
            pass
        self._hang_up(politely=False)

    def _hang_up(self, *, politely: bool) -> None:
        smtp, self.smtp = self.smtp, None
        if smtp is None:
            return
        try:
            if politely:
                smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            smtp.close()


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise Refused(*answer)


def _by_class(code: int) -> MessageStatus:
    """5xx will not change by itself; all else may."""
    return MessageStatus.FAILED if 500 <= code <= 599 else MessageStatus.QUEUED


def _without_addresses(problem: Exception) -> str:
    return f"{type(problem).__name__}: {ADDRESS.sub('<…>', str(problem))}"


def _unchecked() -> ssl.SSLContext:
    """For a server that only offers encryption: better than none, whatever its certificate says."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _unclear() -> ConfigurationProblem:
    return ConfigurationProblem(
        "EVENTAPP_MAIL_URL is neither file: nor smtp://user:password@host:port?tls=starttls|ssl|none."
    )
