"""Every address of the app with things in it, and something to send there that would do something."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from cast import PASSWORD
from proofs.world import World
from werkzeug.routing import Rule

# names in addresses -> kinds of things; `id` and `token` depend on the page
IDS = {
    "partner.coordinator": "invitation",
    "partner.attendee": "attendee",
    "door.phone": "checkpoint",
}
TOKENS = {
    "partner.links.invitation": "invitation token",
    "partner.links.own_pass": "attendee token",
    "partner.links.own_data": "attendee token",
    "partner.feed.own": "feed token",
    "door.enrol.show": "door token",
    "door.enrol.enrol": "door token",
}
FORM = {
    "name": "새사람", "title": "대리", "phone": "010-1234-5678", "email": "new@c.example", "event_session": "1",
    "run": "2", "seats": "4", "who": "same", "language": "ko", "note": "전화", "reason": "바빠서", "duty": "y",
    "diet": "vegan", "gate": "옆문", "kind": "tour", "title_ko": "새 순서", "day": "1", "starts_at": "10:00",
    "ends_at": "11:00", "starts_on": "2017-11-20", "ends_on": "2017-11-21", "capacity": "30", "slug": "2019",
    "year": "2019", "name_ko": "이름", "name_en": "Name", "host_ko": "카카오", "host_en": "Kakao", "pin": "123456",
    "place_ko": "제주", "sender_name": "팀", "sender_email": "t@host.example", "reply_phone": "064-795-1500",
    "password": PASSWORD, "moment": "morning", "sure": "y",
}  # fmt: skip


def page_of(rule: Rule) -> str:
    """The blueprint of a page: partner.coordinator.naming"""
    return rule.endpoint.rpartition(".")[0]


def rules(world: World) -> list[Rule]:
    """Every rule of the app."""
    return sorted(world.app.url_map.iter_rules(), key=str)


def addresses(world: World, rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rule's address with own, foreign and missing things, and whose they are."""
    names = sorted(rule.arguments - {"_press"})
    presses = {"_press": min(rule._converters["_press"].items)} if "_press" in rule.arguments else {}
    values = [world.objects[kind_of(rule, name)] for name in names]
    with world.app.test_request_context():
        adapter = world.app.create_url_adapter(None) or world.app.url_map.bind("localhost")
        for cases in product(*(tuple(value) for value in values)):
            if len(set(cases) | {"A", "B", "missing"}) > 3 and len(set(cases)) > 1:
                continue  # things of another Event: not mixed with ours
            chosen = {name: value[case] for name, value, case in zip(names, values, cases, strict=True)}
            yield adapter.build(rule.endpoint, chosen | presses), cases


def kind_of(rule: Rule, name: str) -> str:
    """What sort of thing stands in that place of the address."""
    if name == "id":
        return next(kind for page, kind in IDS.items() if rule.endpoint.startswith(page))
    if name == "token":
        return TOKENS[rule.endpoint]
    return name.removesuffix("_id")
