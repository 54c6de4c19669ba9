"""Who is in the demo: the host's accounts, and a colleague for every seat of the story."""

from __future__ import annotations

from eventapp.demo.story import ENGLISH_NAMES, NAMES
from eventapp.models.invitation import Invitation
from eventapp.models.staff import Role
from eventapp.rules.people import Colleague

PASSWORD = "hallasan winter 2017"
ACCOUNTS = (
    ("seojin@host.example", "윤서진", Role.ORGANIZER),
    ("daon@host.example", "배다온", Role.HOST_CONTACT),
    ("viewer@host.example", "안내 데스크", Role.VIEWER),
)
WITHOUT_EMAIL = frozenset({9, 23, 41})


class Colleagues:
    """Made-up colleagues, each handed out once; a few have no e-mail yet."""

    def __init__(self) -> None:
        self.korean = enumerate(NAMES)
        self.english = enumerate(ENGLISH_NAMES, start=100)

    def next(self, invitation: Invitation) -> tuple[int, Colleague]:
        """(number, colleague): for a company whose coordinator reads English, one who does too."""
        if invitation.coordinator.language == "en":
            number, (name, title) = next(self.english, (0, ("", "")))
            if name:
                phone = f"+82100000{5001 + number:04}"
                return number, Colleague(name, title, phone, f"colleague{number}@partner.example", "en")
        number, name_and_title = next(self.korean)
        name, _, title = name_and_title.partition(" ")
        email = "" if number in WITHOUT_EMAIL else f"colleague{number:02}@partner.example"
        return number, Colleague(name, title, f"+82100000{3001 + number * 13:04}", email)


def themselves(invitation: Invitation) -> Colleague:
    """The coordinator as one who comes."""
    person = invitation.coordinator
    return Colleague(person.name, person.title, person.phone, person.email, person.language)
