"""Someone who must leave early reads whom to call."""

from __future__ import annotations

from tests.web.partner.conftest import words


def test_leaving_early_is_the_hosts_phone(ready, holder):
    page = ready.get(f"{holder.page}/leaving")
    assert "먼저 떠나셔도 괜찮습니다." in words(page)
    for way in (b"tel:+821000002009", b"sms:+821000002009"):
        assert way in page.data
