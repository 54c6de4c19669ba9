"""Every wish and every reason has its words."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from eventapp.models.invitation import Invitation
from eventapp.models.plan import PlanLine, Why
from eventapp.models.registration import Registration, Wish
from eventapp.web.organizer import plan_words

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_reason_is_a_sentence_but_a_wish_that_is_met(language):
    with force_locale(language):
        said = {why: plan_words.why(PlanLine(why=why, facts={"wished": 2}, by_hand=True)) for why in Why}
    assert [why for why, words in said.items() if not words] == [Why.WISHED]
    assert len(set(said.values())) == len(Why)
    assert {why for why, words in said.items() if "2" in words} == {Why.FULL, Why.TOGETHER, Why.DUTY}


def test_wishes_in_words():
    with force_locale("en"):
        assert [
            plan_words.wish(Registration(wish=one)) for one in (Wish.EITHER, Wish.LATER, Wish.UNSAID)
        ] == [
            "Either is fine",
            "Cannot say yet",
            "Nothing said",
        ]
        assert plan_words.company_wish(Invitation(comes_together=True)) == "All in the same run"
        assert plan_words.company_wish(Invitation(one_stays_on_duty=True)) == "Never all at once"
        assert plan_words.company_wish(Invitation()) == ""
