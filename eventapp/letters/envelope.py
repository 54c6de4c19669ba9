"""The envelope: who from, who to, which letter it is; nothing typed by anybody can add a header."""

from __future__ import annotations

import hmac
import unicodedata
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid

from flask_babel import gettext as _

from eventapp.clock import now
from eventapp.formats import dates
from eventapp.letters import paper
from eventapp.letters.words import Letter
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message

LONGEST_NAME = 60
LONGEST_SUBJECT = 150
NOT_IN_NAMES = '<>@,;:\\"()[]'


class Folding(EmailPolicy):
    """As email.policy.SMTP, but the space where a Korean subject is folded stays (lost by Python before 3.13)."""

    linesep = "\r\n"

    def fold(self, name: str, value: str) -> str:
        if name.lower() != "subject":
            return super().fold(name, value)
        charset = "us-ascii" if value.isascii() else "utf-8"
        folded = Header(value, charset, maxlinelen=75, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


def seal(
    letter: Letter,
    *,
    event: Event,
    invitation: Invitation,
    to: tuple[str, str],
    message_id: str,
    trial: bool = False,
) -> EmailMessage:
    """The whole message. to: name and address. Replies go to the host contact where one has an address."""
    mail = EmailMessage(policy=Folding())
    subject = one_line(letter.subject, LONGEST_SUBJECT)
    mail["Subject"] = _("[Trial]") + f" {subject}" if trial else subject
    mail["From"] = _address(event.sender_name, event.sender_email)
    mail["To"] = _address(*to)
    contact = invitation.company.host_contact
    if contact is not None and contact.email:
        mail["Reply-To"] = _address(contact.name, contact.email)
    mail["Date"] = format_datetime(dates.local(now(), event.time_zone))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(paper.text(letter, event=event, invitation=invitation))
    mail.add_alternative(paper.html(letter, event=event, invitation=invitation), subtype="html")
    if letter.attachment is not None:
        mail.add_attachment(
            letter.attachment.content,
            maintype="text",
            subtype="calendar",
            filename=letter.attachment.name,
            params={"charset": "utf-8", "method": "PUBLISH"},
        )
    return mail


def message_id(message: Message, key: bytes) -> str:
    """The same for every attempt of the same letter, so that a mail program shows a double only once."""
    said = f"letter {message.id} {message.queued_at.isoformat()}"
    proof = hmac.new(key, said.encode(), "sha256").hexdigest()[:20]
    return f"<letter-{message.id}-{proof}@{_domain(message.event)}>"


def fresh_id(event: Event) -> str:
    """For a trial: each one is another letter."""
    return make_msgid("trial", domain=_domain(event))


def one_line(text: str, limit: int) -> str:
    """Without line ends, control or direction characters, and not endless."""
    seen = "".join(" " if unicodedata.category(one)[0] in "CZ" and one != "\u00a0" else one for one in text)
    return " ".join(seen.split(" ")).strip()[:limit].strip()


def _address(name: str, address: str) -> Address:
    """Characters that have a meaning in an address line are left out of names: some servers split there."""
    bare = "".join(" " if one in NOT_IN_NAMES else one for one in name.replace("\u00a0", " "))
    return Address(display_name=" ".join(one_line(bare, LONGEST_NAME).split()), addr_spec=address)


def _domain(event: Event) -> str:
    return event.sender_email.rpartition("@")[2] or "localhost"
