"""Consents: texts published in versions, and each person's yes or no to the version in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.formats import fill
from eventapp.models.change_request import ChangeRequest, Kind
from eventapp.models.consent import REQUIRED, Consent, ConsentPurpose, ConsentText
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.person import Person
from eventapp.models.printout import Kind as List
from eventapp.models.printout import Printout, PrintoutLine
from eventapp.models.registration import Attendee, Diet, Registration
from eventapp.models.states import RequestStatus, move
from eventapp.rules import answers, consent_words, journal, rosters
from eventapp.rules.consent_words import Words


class TextReplaced(RuleBroken):
    """The answer is to a version that is not in force, or to something nobody asks of this person."""

    code = "text-replaced"
    sentence = _l("This page has changed since you opened it. Please read it once more.")


class PeriodUnsaid(RuleBroken):
    """What the clean-up obeys has to stand in the text that people agree to."""

    code = "period-unsaid"
    sentence = _l("Please leave {period} where the number of days belongs.")


class NothingNew(RuleBroken):
    """Word for word the version in force: nobody is asked again for that."""

    code = "nothing-new"
    sentence = _l("These are the words in force already. Nothing was published.")


# -- texts --------------------------------------------------------------------------------------------


def in_force(event: Event) -> list[ConsentText]:
    """The newest version of each text, in the order they are asked."""
    newest = (
        select(func.max(ConsentText.id)).where(ConsentText.event_id == event.id).group_by(ConsentText.purpose)
    )
    found = db.session.scalars(select(ConsentText).where(ConsentText.id.in_(newest))).all()
    return sorted(found, key=lambda text: list(ConsentPurpose).index(ConsentPurpose(text.purpose)))


def versions(event: Event, purpose: ConsentPurpose) -> list[ConsentText]:
    """Every version of one text, the one in force first."""
    return list(
        db.session.scalars(
            select(ConsentText)
            .where(ConsentText.event_id == event.id, ConsentText.purpose == purpose)
            .order_by(ConsentText.version.desc())
        )
    )


def proposed(event: Event, purpose: ConsentPurpose) -> Words:
    """The words to begin with, with the host's name in them."""
    words = consent_words.PROPOSED[purpose]
    hosts = {"ko": event.host_ko, "en": event.host_en or event.host_ko}
    said = {name: value for name, value in asdict(words).items() if isinstance(value, str)}
    return replace(words, **{name: fill.fill(value, host=hosts[name[-2:]]) for name, value in said.items()})


def publish(event: Event, purpose: ConsentPurpose, *, words: Words) -> ConsentText:
    """A new version; everybody it concerns is asked again. Raises NothingNew, PeriodUnsaid."""
    for name in ("period_ko", "period_en") if words.keep_days is not None else ():
        if consent_words.GAP not in getattr(words, name):
            raise PeriodUnsaid(field=name)
    with db.writing():
        db.lock(event)
        before = next(iter(versions(event, purpose)), None)
        said = asdict(consent_words.filled(words))
        if before is not None and all(getattr(before, name) == value for name, value in said.items()):
            raise NothingNew()
        text = ConsentText(
            event_id=event.id,
            purpose=purpose,
            version=before.version + 1 if before else 1,
            required=purpose in REQUIRED,
            published_at=now(),
            **said,
        )
        db.session.add(text)
        journal.record("consent text published", text, purpose=str(purpose), version=text.version)
    return text


def publish_proposed(event: Event) -> None:
    """Those that have no version yet begin with the proposed words."""
    with db.writing():
        db.lock(event)
        known = {text.purpose for text in in_force(event)}
        for purpose in ConsentPurpose:
            if purpose not in known:
                publish(event, purpose, words=proposed(event, purpose))


# -- people -------------------------------------------------------------------------------------------


def concerns(text: ConsentText, *, attends: bool, tells_diet: bool) -> bool:
    """Whether a text is asked of somebody: a coordinator who stays at home is asked for the first alone."""
    if text.purpose == ConsentPurpose.PERSONAL_DATA:
        return True
    return tells_diet if text.purpose == ConsentPurpose.SENSITIVE_DIET else attends


def tells_diet(attendee: Attendee | None) -> bool:
    """Whether something is kept about what they eat."""
    return attendee is not None and bool(attendee.diet or attendee.allergy)


def asked_of(person: Person, event: Event) -> list[ConsentText]:
    """The texts in force that concern this person now."""
    attendee = seat_of(person, event)
    attends, diet = attendee is not None, tells_diet(attendee)
    return [text for text in in_force(event) if concerns(text, attends=attends, tells_diet=diet)]


def said_by(person: Person, event: Event) -> dict[int, bool]:
    """The newest answer to each version, by the text's id."""
    rows = db.session.execute(
        select(Consent.consent_text_id, Consent.agreed)
        .join(ConsentText, Consent.consent_text_id == ConsentText.id)
        .where(Consent.person_id == person.id, ConsentText.event_id == event.id)
        .order_by(Consent.id)
    )
    return dict(rows.all())  # type: ignore[arg-type]


def agreed(event: Event, purpose: ConsentPurpose) -> set[int]:
    """Whose newest word about this is yes, whichever version it was; by the person's id."""
    rows = db.session.execute(
        select(Consent.person_id, Consent.agreed)
        .join(Consent.text)
        .where(ConsentText.event_id == event.id, ConsentText.purpose == purpose)
        .order_by(Consent.id)
    )
    newest = dict(rows.all())  # type: ignore[arg-type]
    return {person_id for person_id, yes in newest.items() if yes}


def asked_again(person: Person, event: Event) -> set[str]:
    """The purposes whose text has a new version since this person answered."""
    said = set(said_by(person, event))
    return {
        text.purpose
        for text in asked_of(person, event)
        if text.id not in said
        and any(one.id in said for one in versions(event, ConsentPurpose(text.purpose)))
    }


def left_for(person: Person, event: Event) -> list[ConsentText]:
    """The required ones without a yes to the version in force."""
    said = said_by(person, event)
    return [text for text in asked_of(person, event) if text.required and not said.get(text.id)]


def answer(person: Person, event: Event, *, given: Mapping[int, bool]) -> None:
    """Keep the answers, by the text's id; those not given stay as they are. Always allowed, also late.

    A no to what concerns meals erases what is kept about them. Raises TextReplaced, Stale; then nothing is kept.
    """
    with db.writing():
        attendee = seat_of(person, event)
        runs = answers.hold(attendee.registration, live=False) if attendee is not None else []
        if attendee is not None:
            db.lock(attendee)
        db.lock(person)
        if person.erased_at is not None or (attendee is not None and attendee.ended_at is not None):
            raise Stale()
        asked = {text.id: text for text in asked_of(person, event)}
        if set(given) - set(asked):
            raise TextReplaced()
        before = said_by(person, event)
        changed = {id: agreed for id, agreed in given.items() if before.get(id) is not agreed}
        for text_id, agreed in sorted(changed.items()):
            _keep(person, text_id, agreed=agreed)
        refused = {asked[text_id].purpose for text_id, agreed in given.items() if not agreed}
        if attendee is not None and ConsentPurpose.SENSITIVE_DIET in refused:
            forget_meals(attendee, runs)
        if changed:
            journal.record("consents answered", person, event_id=event.id, texts=sorted(changed))


def seat_of(person: Person, event: Event) -> Attendee | None:
    """Where this person sits at the Event."""
    return db.session.scalar(
        select(Attendee)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(
            Attendee.person_id == person.id,
            Attendee.ended_at.is_(None),
            Invitation.event_id == event.id,
        )
    )


def forget_meals(attendee: Attendee, runs: list[EventSession]) -> None:
    """Nothing of what they eat stays. Inside the caller's transaction, which holds these runs and the attendee."""
    attendee.diet, attendee.allergy = Diet.ANY, ""
    _forget_wishes(attendee)
    stood = (
        PrintoutLine.registration_id == attendee.registration_id,
        PrintoutLine.person_id == attendee.person_id,
        PrintoutLine.printout_id.in_(select(Printout.id).where(Printout.kind == List.MEALS)),
    )
    db.session.execute(update(PrintoutLine).where(*stood).values(told=None))
    rosters.mark(runs, attendee)


def _forget_wishes(attendee: Attendee) -> None:
    """What was asked for late about meals: nobody may grant it any more, and nothing of it stays."""
    about = (ChangeRequest.attendee_id == attendee.id, ChangeRequest.kind == Kind.MEALS)
    for request in db.session.scalars(select(ChangeRequest).where(*about)):
        if request.status == RequestStatus.OPEN:
            move(request, RequestStatus.WITHDRAWN)
            request.answered_at = now()
        request.wanted, request.reason = {}, ""
    seat = ("registration", str(attendee.registration_id))
    asked = select(JournalEntry).where(
        JournalEntry.action == "change asked",
        JournalEntry.thing == seat[0],
        JournalEntry.thing_id == seat[1],
        JournalEntry.detail_salt != "",
    )
    for entry in db.session.scalars(asked):
        if (entry.detail or {}).get("kind") == Kind.MEALS:
            entry.detail, entry.detail_salt = None, ""


def _keep(person: Person, text_id: int, *, agreed: bool) -> None:
    db.session.add(
        Consent(
            person_id=person.id,
            consent_text_id=text_id,
            agreed=agreed,
            answered_at=now(),
            pressed_by=journal.actor()[:40],
        )
    )
    db.session.flush()
