"""Nobody is let in where they don't belong: every rule and method, by everybody, with own and foreign things."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from proofs.addresses import FORM, addresses, kind_of, page_of, rules
from proofs.world import Person, World, readable
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

pytestmark = pytest.mark.usefixtures("as_it_was")
READ, WRITE = "read", "write"
COORDINATORS = {"coordinator A": WRITE, "coordinator B": WRITE}
ATTENDEES = {"attendee A": WRITE, "attendee B": WRITE}
PHONES = {"door phone": WRITE, "scanner": WRITE}
ORGANIZER = {"organizer": WRITE}
DESK = {"organizer": WRITE, "host contact": WRITE, "viewer": READ}
LISTS = {"organizer": WRITE, "host contact": READ, "viewer": READ}
OPEN = None

# page (or one address of it) -> who may do what there. A page that is not listed is a page nobody thought about.
PAGES: dict[str, dict[str, str] | None] = {
    "account": OPEN,
    "public.front": OPEN,
    "public.letter_again": OPEN,
    "public.agenda": OPEN,
    "public.agenda_changes": OPEN,
    "public.materials": OPEN,
    "public.agenda_item": OPEN,
    "public.schedule_export": OPEN,
    "public.wall": OPEN,
    "public.brand": OPEN,
    "public.machines": OPEN,
    "partner.links": OPEN,
    "partner.stored_pass": OPEN,
    "partner.feed": OPEN,
    "partner.coordinator.invitation": COORDINATORS,
    "partner.coordinator.naming": COORDINATORS,
    "partner.coordinator.wishes": COORDINATORS,
    "partner.coordinator.roads": COORDINATORS,
    "partner.coordinator.seats": COORDINATORS,
    "partner.coordinator.change_requests": COORDINATORS,
    "partner.coordinator.consents": COORDINATORS,
    "partner.coordinator.coordinator_data": COORDINATORS,
    "partner.coordinator.calendar": COORDINATORS,
    "partner.attendee.passes": ATTENDEES,
    "partner.attendee.own_wish": ATTENDEES,
    "partner.attendee.leaving": ATTENDEES,
    "partner.attendee.companions": ATTENDEES,
    "partner.attendee.sign_ups": ATTENDEES,
    "partner.attendee.travel": ATTENDEES,
    "partner.attendee.own_consents": ATTENDEES,
    "partner.attendee.own_data": ATTENDEES,
    "partner.attendee.questions": ATTENDEES,
    "partner.attendee.seminar_questions": ATTENDEES,
    "door.enrol": OPEN,
    "door.installed": OPEN,
    "door.badge_link": OPEN,
    "door.openapi": OPEN,
    "door.phone.checkpoints": PHONES,
    "door.phone.machine_pages": PHONES,
    "organizer.ladder": DESK,
    "organizer.invitations": DESK,
    "organizer.registrations": LISTS,
    "organizer.unfinished": LISTS,
    "organizer.reminders": {"organizer": WRITE, "host contact": WRITE},
    "organizer.waitlists": LISTS,
    "organizer.bulk": ORGANIZER,
    "organizer.questions": ORGANIZER,
    "organizer.question_answers": {"organizer": WRITE, "host contact": READ},
    "organizer.change_requests": ORGANIZER,
    "organizer.pool": ORGANIZER,
    "organizer.lists": ORGANIZER,
    "organizer.plans": ORGANIZER,
    "organizer.registrations.export": {"organizer": WRITE, "host contact": READ},
    "organizer.letter_plan": ORGANIZER,
    "organizer.messages": {"organizer": WRITE, "host contact": READ},
    "organizer.previews": {"organizer": WRITE, "host contact": READ},
    "organizer.agenda": LISTS,
    "organizer.agenda_items": LISTS,
    "organizer.publications": LISTS,
    "organizer.agenda_copies": ORGANIZER,
    "organizer.materials": LISTS,
    "organizer.agenda_places": ORGANIZER,
    "organizer.delays": ORGANIZER,
    "organizer.seminar_questions": ORGANIZER,
    "organizer.arrivals": LISTS,
    "organizer.imports": ORGANIZER,
    "organizer.facts": ORGANIZER,
    "organizer.consents": ORGANIZER,
    "organizer.badges": ORGANIZER,
    "organizer.reprints": ORGANIZER,
    "organizer.arrival_news": {"organizer": WRITE, "host contact": WRITE},
    "organizer.missing": ORGANIZER,
    "organizer.evacuation": ORGANIZER,
    "organizer.checkpoints": ORGANIZER,
    "organizer.rooms": ORGANIZER,
    "organizer.door_lists": ORGANIZER,
    "organizer.door_phones": ORGANIZER,
    "organizer.door_files": ORGANIZER,
}
# whose things are whose; "none" is an address without a thing in it
OWN = {
    **{f"{role} {company}": {company, "none"} for role in ("coordinator", "attendee") for company in "AB"},
    "door phone": {"A", "none"},
    "scanner": {"A", "none"},
    "organizer": {"A", "B", "none"},
    "viewer": {"A", "B", "none"},
    "host contact": {"A", "none"},
}
NARROWER = {"draft": {"A"}}  # an upload is the uploader's alone
SHARED = {  # of a run, not of a company
    "item", "item_uid", "question", "number", "purpose", "checkpoint", "link", "door_phone", "printout",
    "letter", "material", "topic",
}  # fmt: skip
ROLES = ("nobody", "revoked phone", "signed out", *OWN)


def test_every_page_says_who_may_come_in(world):
    pages = {page_of(rule) for rule in world.app.url_map.iter_rules()}
    assert sorted(pages - set(PAGES)) == [], "write the new page into PAGES with the roles that may open it"
    ends = {rule.endpoint for rule in world.app.url_map.iter_rules()}
    assert sorted(set(PAGES) - pages - ends) == [], "PAGES speaks of pages that are not there"


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(world, role):
    problems = [line for rule in rules(world) for line in problems_of(world, role, rule)]
    assert problems == [], "\n" + "\n".join(problems)


def test_a_phones_cookie_alone_writes_nothing(world):
    """A form on another page can send the cookie, but neither JSON nor the header."""
    phone = Person(world.people["door phone"].cookies)
    answer = send(world, phone, "POST", "/api/v1/check-ins", "door.phone.machine_pages.check_ins")
    assert answer.status_code == 403
    assert not world.memory.differs()


def rights_at(rule: Rule) -> dict[str, str] | None:
    """Who may do what at an address."""
    return PAGES[rule.endpoint] if rule.endpoint in PAGES else PAGES[page_of(rule)]


def problems_of(world: World, role: str, rule: Rule) -> list[str]:
    """One line for each answer that is not as it should be."""
    problems: list[str] = []
    for method in sorted((rule.methods or set()) - {"OPTIONS"}):
        shut_out: dict[int, dict[tuple[str, ...], Any]] = {}
        for address, cases in addresses(world, rule):
            where = f"{role}: {method} {rule} of {', '.join(cases) or 'nobody'}"
            answer = send(world, world.people[role], method, address, rule.endpoint)
            if may(role, rule, method, cases):
                problems += [f"{where} {line}" for line in let_in(world, role, rule, address, answer)]
            else:
                problems += [f"{where} {line}" for line in kept_out(world, rule, address, answer)]
                shut_out.setdefault(step_of(role, rule, cases), {})[cases] = same_shape(world, answer)
            problems += [f"{where} {line}" for line in wrote_by_reading(world, method)]
            world.memory.restore()
        problems += [
            f"{role}: {method} {rule} answers differently for {', '.join(map(str, answers))}"
            for answers in shut_out.values()
            if len(set(answers.values())) > 1
        ]
    return problems


def may(role: str, rule: Rule, method: str, cases: tuple[str, ...]) -> bool:
    """By the tables above."""
    rights = rights_at(rule)
    if rights is OPEN:
        open_to_all = {"A", "elsewhere"}  # a draft Event, a forged token: as if it were not there
        kinds = kinds_in(rule)
        return all(
            kind in ("code", "item_uid") or case in open_to_all
            for kind, case in zip(kinds, cases, strict=True)
        )
    right = rights.get(role)
    if right is None or (right == READ and method == "POST"):
        return False
    return step_of(role, rule, cases) == len(kinds_in(rule))


def step_of(role: str, rule: Rule, cases: tuple[str, ...]) -> int:
    """How many things in the address are this role's own, before the first that is not."""
    rights = rights_at(rule) or {}
    if role not in rights:
        return 0
    for step, (kind, case) in enumerate(zip(kinds_in(rule), cases, strict=False)):
        shared = {"B"} if kind in SHARED and "organizer" in rights else set()
        if case not in NARROWER.get(kind, OWN[role] | shared) or case != cases[0]:
            return step
    return len(kinds_in(rule))


def kinds_in(rule: Rule) -> list[str]:
    """The things that an address is looked up by. One that only leads back looks at the first alone."""
    names = sorted(rule.arguments - {"_press"})
    return [kind_of(rule, name) for name in (names[:1] if "_press" in rule.arguments else names)]


def send(world: World, who: Person, method: str, address: str, endpoint: str) -> TestResponse:
    """One request, with something in it that would do something."""
    more: dict[str, Any] = {"data": FORM}
    if method != "POST":
        more = {}
    elif endpoint.startswith("door.phone.machine_pages"):
        scan = {"id": str(uuid.uuid4()), "kind": "scan", "checkpoint": world.objects["checkpoint"]["A"]}
        more = {"json": {"items": [scan | {"code": world.objects["code"]["B"]}]}}
        if not who.headers:
            more = {"data": {"items": "[]"}}
    return who.client(world.app).open(address, method=method, headers=who.headers, **more)


def let_in(world: World, role: str, rule: Rule, address: str, answer: TestResponse) -> Iterator[str]:
    """What is wrong with the answer to somebody who may."""
    if rights_at(rule) is not OPEN and (answer.status_code in (401, 403, 404, 410) or turned_away(answer)):
        yield f"is shut out with {answer.status_code}"
    if answer.status_code >= 500:
        yield f"crashes with {answer.status_code}"
    yield from told(answer, secrets_from(world, role, rule), address)


def kept_out(world: World, rule: Rule, address: str, answer: TestResponse) -> Iterator[str]:
    """What is wrong with the answer to somebody who may not."""
    if not (answer.status_code in (401, 403, 404) or turned_away(answer)):
        yield f"is let in with {answer.status_code} {answer.headers.get('Location', '')}"
    yield from told(answer, [secret for company in "AB" for secret in secrets_of(world, company)], address)
    if world.memory.differs():
        yield "changes the tables"


def turned_away(answer: TestResponse) -> bool:
    """To the page that helps, or to sign in first."""
    target = answer.headers.get("Location", "").partition("?")[0]
    return answer.status_code == 303 and target in ("/letter-again", "/sign-in")


def wrote_by_reading(world: World, method: str) -> Iterator[str]:
    if method != "POST" and world.memory.differs("journal_entry"):
        yield "writes more than the journal, though it only reads"


def secrets_from(world: World, role: str, rule: Rule) -> list[str]:
    """What this role may not read even where it is let in."""
    company = role.rpartition(" ")[2]
    if rights_at(rule) is OPEN:
        return [secret for company in "AB" for secret in secrets_of(world, company)]
    if role == "organizer":
        return []
    if role == "viewer":
        return [link for links in world.links.values() for link in links]
    if role in PHONES:
        names = re.compile(r"[가-힣]+")  # names and companies are what the door is for
        return [one for company in "AB" for one in secrets_of(world, company) if not names.fullmatch(one)]
    if role == "host contact":
        return secrets_of(world, "B")
    own = world.links[company][:1] if role.startswith("attendee") else []
    return secrets_of(world, "A" if company == "B" else "B") + own


def secrets_of(world: World, company: str) -> list[str]:
    return world.canaries[company] + world.links[company]


def told(answer: TestResponse, secrets: list[str], address: str) -> Iterator[str]:
    """Secrets in the answer that the asker did not bring along."""
    text = readable(answer)
    found = [
        secret for secret in secrets if secret in text and secret not in address and secret not in str(FORM)
    ]
    if found:
        yield f"reads {found}"


def same_shape(world: World, answer: TestResponse) -> tuple[int, str]:
    """The answer without the ids and tokens of the address it echoes."""
    text = readable(answer)
    for name in (
        "invitation token",
        "attendee token",
        "feed token",
        "door token",
        "code",
        "slug",
        "purpose",
        "letter",
        "check_in",
        "item_uid",
        "material",
    ):
        for value in world.objects[name].values():
            text = text.replace(str(value), "#")
    return answer.status_code, re.sub(r"\d+", "#", text)
