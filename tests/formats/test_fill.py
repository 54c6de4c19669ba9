"""Organizers' words are filled with names and the particle that fits them."""

from eventapp.formats.fill import fill


def test_a_particle_follows_the_last_sound():
    assert fill("{company|와/과} 함께", company="마루소프트") == "마루소프트와 함께"
    assert fill("{company|와/과} 함께", company="울담") == "울담과 함께"


def test_a_plain_place_takes_the_name_as_it_is():
    assert fill("with {company}", company="{x}") == "with {x}"


def test_an_unknown_place_stays():
    assert fill("{nobody} {company}", company="A") == "{nobody} A"
