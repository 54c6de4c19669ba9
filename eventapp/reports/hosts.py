"""Who of the host answers a partner: the company's own contact, else the Event's sender."""

from __future__ import annotations

from dataclasses import dataclass

from eventapp.formats import phone
from eventapp.models.company import Company
from eventapp.models.event import Event


@dataclass(frozen=True)
class Host:
    """A name to ask for and a number to call; `title` is empty where a team answers."""

    name: str
    title: str
    phone: str

    @property
    def name_and_title(self) -> str:
        """'윤서진 매니저'."""
        return f"{self.name} {self.title}".strip()

    @property
    def national(self) -> str:
        """The number as it is read: 010-0000-2009."""
        return phone.national(self.phone)


def of(company: Company, event: Event) -> Host:
    """Who answers this company at this Event."""
    contact = company.host_contact
    if contact is not None:
        return Host(contact.name, contact.title, contact.phone or event.reply_phone)
    return Host(event.sender_name or event.host_ko, "", event.reply_phone)
