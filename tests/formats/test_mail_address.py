"""E-mail addresses."""

import pytest

from eventapp.formats import mail_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("contact01@partner.example", "contact01@partner.example"),
        ("  Contact01@PARTNER.Example\n", "Contact01@partner.example"),
        ("a＠ｂ.example", "a@b.example"),
        ("mailto:a@b.example", "a@b.example"),
        ("a+b@c.co.kr", "a+b@c.co.kr"),
        ("a@한글.example", "a@xn--bj0bj06e.example"),
    ],
)
def test_an_address_is_kept_in_one_spelling(typed, kept):
    assert mail_address.parse(typed) == kept
    assert mail_address.parse(kept) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "no_at"),
        ("partner.example", "no_at"),
        ("한글@b.example", "not_ascii"),
        ("a@b", "not_an_address"),
        ("a..b@c.example", "not_an_address"),
        ("a@b.example\r\nBcc: x@y.example", "not_an_address"),
        ("한지원 <a@b.example>", "not_ascii"),
        ("<a@b.example>", "not_an_address"),
        ("a@b.example, c@d.example", "not_an_address"),
        ("a@localhost", "not_an_address"),
        ("a@[127.0.0.1]", "not_an_address"),
        ('"a b"@c.example', "not_an_address"),
        ("a" * 65 + "@b.example", "not_an_address"),
        ("a@" + "b" * 300 + ".example", "not_an_address"),
        ("a\0@b.example", "not_an_address"),
    ],
)
def test_what_is_no_address_says_so(typed, code):
    with pytest.raises(mail_address.MailProblem) as refused:
        mail_address.parse(typed)
    assert refused.value.code == code


def test_addresses_are_compared_without_case():
    assert mail_address.key("Contact01@partner.example") == mail_address.key("contact01@PARTNER.example")
