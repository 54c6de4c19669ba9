"""Plain text with links: https alone, nothing that was typed becomes markup."""

import pytest

from eventapp.formats.linked import linked


def link(url: str) -> str:
    return f'<a class="in-text" href="{url}" rel="noopener noreferrer nofollow">{url}</a>'


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("그냥 글", "그냥 글"),
        ("https://a.example/지도에서", f"{link('https://a.example/')}지도에서"),
        ("(https://a.example/x?y=1#z).", f"({link('https://a.example/x?y=1#z')})."),
        (
            "https://a.example에서 https://b.example",
            f"{link('https://a.example')}에서 {link('https://b.example')}",
        ),
        ("http://a.example javascript:alert(1)", "http://a.example javascript:alert(1)"),
        ("<b>https://a.example</b>", f"&lt;b&gt;{link('https://a.example')}&lt;/b&gt;"),
        ('https://a.example/"onclick="x', f"{link('https://a.example/')}&#34;onclick=&#34;x"),
        ("https://a.example/'x", f"{link('https://a.example/')}&#39;x"),
        ("https://a.example/?a=1&b=2", link("https://a.example/?a=1&amp;b=2")),
        ("https://", "https://"),
    ],
)
def test_what_becomes_a_link(typed: str, expected: str):
    assert str(linked(typed)) == expected
