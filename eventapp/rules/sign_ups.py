"""Sign-ups: a registration takes a place in an item of its run's agenda, waits for one, or leaves."""

from __future__ import annotations

from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.formats import dates
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.models.wording import said
from eventapp.rules import answers, attendees, item_places, journal, rosters


class ItemFull(RuleBroken):
    """No place is left in the item."""

    code = "item-full"
    sentence = _l("The last place was taken in the meantime. Please choose another one.")


class ItemClash(RuleBroken):
    """The registration is signed up for something else at that time."""

    code = "item-clash"
    sentence = _l("You have chosen “%(other)s” at %(time)s already. Please choose one of the two.")


class ItemBegun(RuleBroken):
    """It has begun, or is over."""

    code = "item-begun"
    sentence = _l("This has begun already. Please ask at the door.")


def sign_up(
    registration: Registration, item: AgendaItem, *, or_wait: bool = False, instead: bool = False
) -> SignUp:
    """A place in an item of the registration's run; the same one where it is taken already.

    or_wait: the end of the queue where the item is full; what else they have at that time stays theirs until
    they are called in. instead: give up what they have at that time, once the new place is taken.
    Raises ItemFull, ItemClash, ItemBegun, InvitationClosed, Stale.
    """
    with db.writing():
        runs = answers.hold(registration)
        attendee = _hold(registration, item)
        theirs = item_places.of(registration)
        found = next((one for one in theirs if one.agenda_item_id == item.id), None)
        if found is not None:
            return found
        full = item_places.free(item) == 0
        if full and not or_wait:
            raise ItemFull(field="item")
        found = SignUp(agenda_item=item, registration=registration, created_at=now())
        if full:
            found.queued_at = found.created_at
        elif clashes := [one for one in item_places.at_that_time(item, theirs) if one.queued_at is None]:
            if not instead:
                raise _clash(clashes[0])
            for one in clashes:
                db.session.delete(one)
        db.session.add(found)
        rosters.mark(runs, attendee)
        _note("item waits" if full else "signed up", found)
        item_places.call_in(runs)
    return found


def leave(registration: Registration, item: AgendaItem) -> None:
    """Give up the place or the wait; harmless where there is none. Whoever waits next is called in.

    Raises ItemBegun, InvitationClosed, Stale.
    """
    with db.writing():
        runs = answers.hold(registration)
        attendee = _hold(registration, item)
        found = [one for one in item_places.of(registration) if one.agenda_item_id == item.id]
        for one in found:
            _note("item left", one)
            db.session.delete(one)
        if found:
            rosters.mark(runs, attendee)
            item_places.call_in(runs)


def _hold(registration: Registration, item: AgendaItem) -> Attendee:
    """Lock the item after the run and look whether it is still one for them."""
    db.lock(item)
    ours = registration.event_session_id == item.event_session_id and registration.status in HOLDS_PLACE
    if item.removed_at is not None or item.internal or not ours:
        raise Stale()
    if item.starts_at <= now():
        raise ItemBegun(field="item")
    return attendees.require(registration)


def _note(action: str, sign_up: SignUp) -> None:
    registration = sign_up.registration
    journal.record(
        action, registration, event_id=registration.invitation.event_id, item=sign_up.agenda_item.title_ko
    )


def _clash(other: SignUp) -> ItemClash:
    """Names what they have at that time, in the reader's language, whoever that will be."""
    item = other.agenda_item
    title = LazyString(lambda: _named(item))
    begins = dates.clock_time(item.starts_at, item.event_session.event.time_zone)
    return ItemClash(field="item", other=title, time=begins)


def _named(item: AgendaItem) -> str:
    title = said(item, "title", language=str(get_locale())[:2])
    if item.group_number is None or str(item.group_number) in title:
        return title
    return _("%(title)s, group %(group)s", title=title, group=item.group_number)
