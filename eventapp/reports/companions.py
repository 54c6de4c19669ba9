"""The other partners who were there and share how to reach them: by company, for whoever was there too."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.clock import today
from eventapp.db import db
from eventapp.formats import hangul
from eventapp.models.checkin import CheckIn
from eventapp.models.company import Company
from eventapp.models.consent import ConsentPurpose
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.rules import consents, keeping


def are_shown(attendee: Attendee) -> bool:
    """From the day after one's own run on; never to who was not there."""
    run = attendee.registration.event_session
    if run is None or run.ends_on >= today(run.event.time_zone):
        return False
    came = select(CheckIn.id).where(CheckIn.attendee_id == attendee.id, CheckIn.counted).limit(1)
    return db.session.scalar(came) is not None


def of(attendee: Attendee) -> list[tuple[Company, list[Person]]]:
    """Those of other companies whose run is over, whose newest word is yes and whose time is not."""
    event = attendee.registration.invitation.event
    day = today(event.time_zone)
    people = db.session.scalars(
        select(Person)
        .join(Attendee, Attendee.person_id == Person.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(EventSession, Registration.event_session_id == EventSession.id)
        .where(
            EventSession.event_id == event.id,
            EventSession.ends_on < day,
            Attendee.ended_at.is_(None),
            Attendee.id.in_(select(CheckIn.attendee_id).where(CheckIn.counted)),
            Person.company_id != attendee.person.company_id,
            Person.erased_at.is_(None),
        )
        .options(joinedload(Person.company).joinedload(Company.sector))
    ).unique()
    agreed = consents.agreed(event, ConsentPurpose.PARTNERS_CONTACT)
    kept = keeping.until(event, ConsentPurpose.PARTNERS_CONTACT)
    shown = [one for one in people if one.id in agreed and day <= kept(one.id)]
    shown.sort(key=lambda one: (hangul.sort_key(one.company.name), one.company_id, hangul.sort_key(one.name)))
    return [(company, list(those)) for company, those in groupby(shown, lambda one: one.company)]
