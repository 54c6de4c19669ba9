"""The ridge's geometry: smooth, on the line, in order, as many dots as people."""

import re

import pytest

from eventapp.formats import ridge


def test_the_path_starts_and_ends_where_the_line_does():
    drawn = ridge.path()
    assert drawn.startswith("M0 120L18 120Q36 120 48 118.5")
    assert drawn.endswith("L1000 125")
    assert drawn.count("Q") == len(ridge.FRONT) - 2


def test_the_path_holds_nothing_but_path_data():
    assert re.fullmatch(r"[MLQ0-9. -]+", ridge.path() + ridge.path(ridge.LONG) + ridge.path(ridge.BACK))


@pytest.mark.parametrize(("x", "y"), [(0, 120), (-5, 120), (492, 9), (1000, 125), (1200, 125), (48, 118.5)])
def test_the_height_is_the_lines_own(x, y):
    assert ridge.height_at(x) == y


@pytest.mark.parametrize("count", [0, 1, 2, 3, 12, 40])
def test_seats_stand_in_order_on_the_line_and_inside_it(count):
    dots = ridge.positions(count)
    assert len(dots) == count
    assert [dot.x for dot in dots] == sorted({dot.x for dot in dots})
    assert all(0 < dot.x < ridge.WIDTH and dot.y == round(ridge.height_at(dot.x), 1) for dot in dots)


def test_eighty_five_people_walk_over_two_ridges():
    front, back = ridge.walk(85)
    assert (len(front), len(back)) == (43, 42)
    for dots, points in ((front, ridge.FRONT), (back, ridge.BACK)):
        assert [dot.x for dot in dots] == sorted({dot.x for dot in dots})
        assert all(abs(dot.y - ridge.height_at(dot.x, points)) < 0.2 for dot in dots)


@pytest.mark.parametrize("count", range(0, 200, 7))
def test_any_number_of_people_can_walk(count):
    front, back = ridge.walk(count)
    assert len(front) + len(back) == count
    assert all(0 < dot.x < ridge.WIDTH for dot in front + back)


def test_a_company_stays_together_and_the_next_one_keeps_a_gap():
    dots = ridge.procession([2, 0, 3], first=100, last=500)
    assert [dot.x for dot in dots] == [100, 180, 340, 420, 500]
    assert ridge.procession([]) == []
    assert [dot.x for dot in ridge.procession([1])] == [32]


def test_the_line_is_never_steeper_than_the_mountain():
    slopes = [
        abs((by - ay) / (bx - ax)) for (ax, ay), (bx, by) in zip(ridge.LONG, ridge.LONG[1:], strict=False)
    ]
    assert max(slopes) <= 1.25
