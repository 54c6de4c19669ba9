"""The notice for somebody whose details another person entered: from whom, what for, how long, and their rights."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup

from eventapp.letters import words
from eventapp.models.consent import ConsentPurpose
from eventapp.models.registration import Attendee
from eventapp.models.wording import said
from eventapp.rules import consents, own_data


def of(attendee: Attendee, url: str) -> list[Markup]:
    """What the law wants said to them; nothing to whoever named themselves. url: the personal link, '' for none."""
    invitation = attendee.registration.invitation
    if attendee.person_id == invitation.coordinator_id:
        return []
    names = {"coordinator": invitation.coordinator.name_and_title}
    whence = {
        "coordinator": _("{coordinator} gave us your name and how to reach you."),
        "host": _("We have your name and how to reach you from our own list of partners."),
    }
    source = "coordinator" if own_data.source(attendee.person, [attendee]) == "coordinator" else "host"
    rights = _(
        "You may see all of it, correct it, take it along, have it erased, or ask us to stop using it."
    )
    told = [words.paragraph(whence[source], **names), *_terms(attendee), words.paragraph(rights)]
    if url:
        told.append(Markup('<a href="{0}" target="_blank" rel="noopener">{0}</a>').format(f"{url}/data"))
    return told


def _terms(attendee: Attendee) -> list[Markup]:
    """As the consent text in force says it."""
    event, language = attendee.registration.invitation.event, words.language()
    texts = consents.in_force(event)
    text = next((one for one in texts if one.purpose == ConsentPurpose.PERSONAL_DATA), None)
    if text is None:
        return []
    return [
        words.paragraph(_("What for: {uses}"), uses=said(text, "uses", language=language)),
        words.paragraph(_("How long: {period}"), period=said(text, "period", language=language)),
    ]
