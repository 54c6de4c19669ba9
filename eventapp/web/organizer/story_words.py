"""A company's story in words: what was done, which letters went out, by whom."""

from __future__ import annotations

from flask_babel import gettext as _

from eventapp.models.message import Purpose
from eventapp.reports.history import Step
from eventapp.web.organizer import ladder_words


def letter(step: Step) -> str:
    """A letter and what became of it."""
    names = {
        Purpose.INVITATION: _("Invitation letter"),
        Purpose.CONFIRMATION: _("Confirmation"),
        Purpose.PASS: _("Pass letter to %(name)s", name=step.person),
        Purpose.MOVED: _("Letter about the other run to %(name)s", name=step.person),
        Purpose.PLACED: _("Letter about the run we chose to %(name)s", name=step.person),
        Purpose.PROMOTED: _("Letter about the free place to %(name)s", name=step.person),
        Purpose.ITEM_PLACE: _("Letter about the programme to %(name)s", name=step.person),
        Purpose.AGENDA_CHANGED: _("Letter about changes of the programme to %(name)s", name=step.person),
        Purpose.SEMINAR_ANSWER: _("Answer to the question of %(name)s", name=step.person),
        Purpose.SEAT_OFFER: _("Offer of more seats"),
        Purpose.ANSWER: _("Answer to a request"),
        Purpose.NAMES_WANTED: _("Letter about names still wanted"),
        Purpose.PART_WANTED: _("Letter about their own part to %(name)s", name=step.person),
        Purpose.SOON: _("Letter before the day to %(name)s", name=step.person),
        Purpose.THANKS: _("Letter of thanks to %(name)s", name=step.person),
        Purpose.OWN_ANSWER: _("Answer to the request of %(name)s", name=step.person),
        Purpose.CANCELLED: _("Letter about the given-up place to %(name)s", name=step.person),
        Purpose.LINK_AGAIN: _("Link sent once more to %(name)s", name=step.person),
    }
    state = ladder_words.letter_word(step.detail["status"])
    return _(
        "%(letter)s: %(state)s", letter=names.get(Purpose(step.detail["purpose"]), _("Letter")), state=state
    )


def deed(step: Step) -> str:
    """What was done, with the name of whom it was done for."""
    chapters = (_of_the_invitation, _of_the_people, _of_the_programme, _of_the_pool, _of_the_requests)
    return next(words[step.action] for chapter in chapters if step.action in (words := chapter(step)))


def who(step: Step) -> str:
    """Who did it: a member of staff by name, or in a word."""
    ours = {
        "coordinator": _("coordinator"),
        "attendee": _("themselves"),
        "command": _("command"),
        "nobody": "",
        "postman": "",
        "staff": "",
        "waitlist": "",
        "demo": "",
    }
    return ours.get(step.who, step.who)


def _of_the_invitation(step: Step) -> dict[str, str]:
    detail = step.detail
    return {
        "invited": _("Put on the list"),
        "sent": _("Ready to be handed over; there is no e-mail"),
        "opened": _("Opened the letter"),
        "accepted": _("Said yes"),
        "declined": _("Gave the seats back"),
        "handed over": _("A colleague answers instead"),
        "kept open": _("Wants to think until %(day)s", day=detail.get("until", "")),
        "opened again": _("The invitation is open again"),
        "revoked": _("The invitation was withdrawn"),
        "link renewed": _("A new link was made"),
        "link copied": _("The link was copied"),
        "seats set": _(
            "Seats from %(before)s to %(after)s",
            before=detail.get("before", "–"),
            after=detail.get("after", "–"),
        ),
        "choices set": _("Other runs to choose from"),
        "on-duty wish": _("Not all on the same days, please"),
        "together wish": _("All in the same run, please"),
        "called": _("Called: %(note)s", note=detail["note"]) if detail.get("note") else _("Called"),
        "imported again": _("Changed by an import"),
        "coordinator corrected": _("The coordinator's details were corrected"),
        "coordinator replaced": _("Another coordinator"),
        "coordinator erased": _("The coordinator had their data erased; somebody else has to answer"),
    }


def _of_the_people(step: Step) -> dict[str, str]:
    name, run = step.person, step.detail.get("run", "")
    return {
        "registered": _("%(name)s was named", name=name),
        "run chosen": _("%(name)s has a run", name=name),
        "moved": _("%(name)s moved to the other run", name=name),
        "substituted": _("A colleague instead: %(name)s", name=name),
        "wished": _("%(name)s leaves the run to us", name=name),
        "placed": _("%(name)s has run %(run)s from our plan", name=name, run=run),
        "waits": _("%(name)s waits for run %(run)s", name=name, run=run),
        "waits no more": _("%(name)s waits no more", name=name),
        "promoted": _("%(name)s got a place that became free in run %(run)s", name=name, run=run),
        "together": _("They wait for run %(run)s together", run=run),
        "one by one": _("They wait for run %(run)s one by one", run=run),
        "cancelled": _("%(name)s gave the place up", name=name),
        "refused": _("The place of %(name)s was not confirmed", name=name),
        "approved": _("The place of %(name)s was confirmed", name=name),
        "confirmed": _("%(name)s finished their own part", name=name),
    }


def _of_the_programme(step: Step) -> dict[str, str]:
    name, item = step.person, step.detail.get("item", "")
    return {
        "signed up": _("%(name)s chose “%(item)s”", name=name, item=item),
        "item waits": _("%(name)s waits for “%(item)s”", name=name, item=item),
        "item left": _("%(name)s gave up “%(item)s”", name=name, item=item),
        "item ended": _(
            "“%(item)s” moved to the other run, so the choice of %(name)s ended", name=name, item=item
        ),
        "item restored": _("“%(item)s” came back, and so did the choice of %(name)s", name=name, item=item),
        "called in": _("%(name)s got a place in “%(item)s”", name=name, item=item),
    }


def _of_the_pool(step: Step) -> dict[str, str]:
    number, until = step.detail.get("seats", ""), step.detail.get("until", "")
    return {
        "seats returned": _("Empty seats given back: %(number)s", number=number),
        "seat wished": _("Would like more seats: %(number)s", number=number),
        "wish withdrawn": _("No longer wishes for more seats"),
        "seats offered": _("More seats offered until %(day)s: %(number)s", number=number, day=until),
        "offer accepted": _("Took the offered seats: %(number)s", number=number),
        "offer declined": _("Did not need the offered seats"),
        "offer lapsed": _("The offer of seats ended on its day"),
        "offer withdrawn": _("The offer of seats was taken back"),
    }


def _of_the_requests(step: Step) -> dict[str, str]:
    name, until = step.person, step.detail.get("until", "")
    return {
        "change asked": _("A late change was asked for: %(name)s", name=name),
        "change approved": _("The late change was made: %(name)s", name=name),
        "change refused": _("The late change was not possible: %(name)s", name=name),
        "change withdrawn": _("The late change is not needed any more: %(name)s", name=name),
        "exception made": _("May change by itself until %(day)s", day=until)
        if until
        else _("The exception has ended"),
    }
