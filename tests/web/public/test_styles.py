"""A page brings every style sheet its parts need: a part drawn without its style looks like plain text."""

import re
from pathlib import Path

import pytest
from cast import an_event, an_invitation, at, run

from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items
from eventapp.rules.agenda_items import Draft

LOOK = Path(__file__).parents[3] / "static" / "look"
SHEETS = ("page", "parts", "fields", "agenda", "day")

pytestmark = pytest.mark.usefixtures("clock")


def styled(*sheets: str) -> set[str]:
    """The classes that have a rule of their own in these sheets."""
    text = "".join((LOOK / f"{sheet}.css").read_text(encoding="utf-8") for sheet in sheets)
    return set(re.findall(r"[{},/]\s*\.([a-z][a-z-]+)\s*(?=[,{])", text))


@pytest.mark.parametrize("path", ["/", "/2017/agenda", "/2017/agenda?run=1", "/2017/now", "/letter-again"])
def test_every_part_of_a_page_has_its_style(app, client, path):
    with app.app_context():
        event = an_event()
        an_invitation(event)
        draft = Draft(
            kind=Kind.TOUR, title_ko="투어", starts_at=at("2017-11-09 10:00"), ends_at=at("2017-11-09 11:30")
        )
        agenda.add_all(event, agenda_items.in_every_run(run(event, 1), draft))
    answer = client.get(path)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    used = {name for words in re.findall(r'class="([^"]+)"', page) for name in words.split()}
    brought = styled(*set(re.findall(r"look/([a-z]+)\.css", page)) - {"print"})
    assert used & styled(*SHEETS) - brought == set()
