"""What the demo's people agree to: all that is needed, and most of what is not."""

from __future__ import annotations

from dataclasses import replace

from eventapp.models.consent import ConsentPurpose
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.rules import consents


def mend(event: Event) -> None:
    """The second version of the text about photographs: shown for two years, no longer for three."""
    words = consents.proposed(event, ConsentPurpose.PHOTOGRAPHS)
    sooner = {
        "period_ko": words.period_ko.replace("3년", "2년"),
        "period_en": words.period_en.replace("Three", "Two"),
    }
    consents.publish(event, ConsentPurpose.PHOTOGRAPHS, words=replace(words, **sooner))


def answer(person: Person, event: Event) -> None:
    """Yes to what is needed; what is not goes by the person's number."""
    no = {
        ConsentPurpose.PHOTOGRAPHS: person.id % 5 == 0,
        ConsentPurpose.PARTNERS_CONTACT: person.id % 7 == 0,
    }
    consents.answer(
        person,
        event,
        given={
            text.id: not no.get(ConsentPurpose(text.purpose)) for text in consents.asked_of(person, event)
        },
    )


def answer_coordinator(invitation: Invitation) -> None:
    """The coordinator, once the company said yes; every fourth will do it later."""
    if invitation.id % 4:
        answer(invitation.coordinator, invitation.event)
