"""Names one slip of the pen apart are near; numbered ones and short ones are not."""

import pytest

from eventapp.formats import alike
from eventapp.formats.alike import Neighbourhood

KNOWN = Neighbourhood(["마루소프트", "바람골idc", "오름지점1", "한빛"])


def test_one_letter_more_less_or_other_is_near():
    for name in ("마루소프츠", "마루소프", "마누소프트", "마루소프트웨", "마 루소프트", "아마루소프트"):
        assert (name, KNOWN.near(name)) == (name, "마루소프트")


def test_a_name_that_begins_another_is_near_from_three_letters_on():
    assert KNOWN.near("마루소프트시스템") == "마루소프트"
    assert KNOWN.near("마루소") == "마루소프트"
    assert KNOWN.near("한빛전자") is None


def test_numbered_names_the_same_name_and_strangers_are_not_near():
    for name in ("오름지점2", "오름지점12", "마루소프트", "누리디비", "한별", ""):
        assert (name, KNOWN.near(name)) == (name, None)


def test_five_thousand_names_are_asked_at_once():
    many = Neighbourhood(f"협력사{number:04d}소프트" for number in range(5000))
    assert many.near("협럭사1234소프트") == "협력사1234소프트"


@pytest.mark.parametrize(
    ("name", "other", "one"),
    [
        ("오세린", "오세인", True),
        ("오세린", "정도현", False),
        ("Oh Serin", "OH SERIM", True),
        ("Oh", "Jung", False),
    ],
)
def test_two_spellings_of_one_person(name: str, other: str, one: bool):
    assert alike.could_be_one(name, other) is one
