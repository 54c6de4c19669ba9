"""Capability links: nothing opens them but the very token."""

import base64

import pytest

from eventapp.formats import links

KEY, OTHER_KEY = b"k" * 32, b"K" * 32


def token_for(id: int = 7, generation: int = 1, purpose: str = "invitation", key: bytes = KEY) -> str:
    return links.make_token(key, purpose, id=id, generation=generation)


def test_a_token_opens_its_own_row_only():
    for id in (1, 7, 255, 256, 70_000, 2**32 - 1):
        token = token_for(id)
        assert links.read_token(token) == id
        assert links.verify(KEY, "invitation", token=token, generation=1)
        assert not links.verify(KEY, "invitation", token=token, generation=2)
        assert not links.verify(KEY, "pass", token=token, generation=1)
        assert not links.verify(OTHER_KEY, "invitation", token=token, generation=1)


def test_the_same_row_always_gets_the_same_token():
    assert token_for() == token_for()
    assert len({token_for(id, generation) for id in range(1, 50) for generation in range(5)}) == 245


def test_purpose_id_and_generation_never_run_into_each_other():
    assert token_for(1, 11) != token_for(11, 1)
    assert token_for(1, purpose="pass1")[6:] != token_for(11, purpose="pass")[6:]


def test_every_changed_character_is_refused():
    token = token_for(7)
    for place in range(len(token)):
        for wrong in "AQgw_-0z":
            changed = token[:place] + wrong + token[place + 1 :]
            assert changed == token or not links.verify(KEY, "invitation", token=changed, generation=1)


def test_a_proof_does_not_move_to_another_id():
    raw = base64.urlsafe_b64decode(token_for(7) + "=")
    forged = base64.urlsafe_b64encode((8).to_bytes(4, "big") + raw[4:]).decode().rstrip("=")
    assert links.read_token(forged) == 8
    assert not links.verify(KEY, "invitation", token=forged, generation=1)


def test_what_is_no_token_has_no_id():
    good = token_for()
    for text in (
        "",
        "7",
        good[:-1],
        good + "A",
        good + "=",
        good[:-1] + "B",
        f" {good}",
        f"{good}\n",
        "가" * 27,
        "A" * 27,
    ):
        assert links.read_token(text) is None, text
        assert not links.verify(KEY, "invitation", token=text, generation=1)


def test_tokens_survive_a_messenger():
    for id in range(1, 3000):
        token = token_for(id)
        assert len(token) == 27
        assert token[0].isalnum()
        assert token[-1].isalnum()


def test_short_keys_and_impossible_ids_are_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        token_for(key=b"short")
    for id in (0, -1, 2**32):
        with pytest.raises(ValueError, match="no token"):
            token_for(id)
