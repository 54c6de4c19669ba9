"""A coordinator leaves the run to the host: when naming, afterwards, and for the whole company."""

from __future__ import annotations

import pytest

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import registrations
from tests.web.partner.conftest import FORM, words


def test_either_run_is_said_with_the_name(app, opened, company):
    opened.post(f"{company.page}/registrations", data={**FORM, "event_session": "either"})
    with app.app_context():
        (named,) = registrations.live(db.session.get(Invitation, company.id))
        assert (named.status, named.wish) == ("undecided", "either")
        address = f"{company.page}/registrations/{named.id}/wish"
    page = opened.get(company.page)
    assert "저희가 정하는 중" in words(page)
    assert f'href="{address}"' in page.get_data(as_text=True)
    assert 'checked id="event_session-2"' in opened.get(f"{company.page}/registrations").get_data(
        as_text=True
    )


@pytest.mark.parametrize(
    ("sent", "kept"), [("together", (True, False)), ("y", (False, True)), ("", (False, False))]
)
@pytest.mark.parametrize("before", ["together", "y", ""])
def test_together_and_never_all_at_once_exclude_each_other(app, opened, company, before, sent, kept):
    for typed in (before, sent):
        assert opened.post(f"{company.page}/duty", data={"duty": typed}).status_code == 303
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        assert (invitation.comes_together, invitation.one_stays_on_duty) == kept


def test_another_companys_person_is_not_there(opened, company):
    assert opened.get(f"{company.page}/registrations/999/wish").status_code == 404
