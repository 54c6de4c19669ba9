"""A Letter on paper: HTML that mail programs understand, and a text that is a letter of its own."""

from __future__ import annotations

import html as entities
import re

import css_inline
from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from eventapp.formats import colour
from eventapp.letters import words
from eventapp.letters.words import Letter
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation

HOUSE = "#FEE500"
_inliner = css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def html(letter: Letter, *, event: Event, invitation: Invitation) -> str:
    """The HTML, its styles written into the elements; dark mode stays in one rule that programs may drop."""
    yours = event.brand_colour if colour.is_colour(event.brand_colour) else HOUSE
    signature = words.signature(event, invitation)
    page = render_template(
        "letters/letter.html",
        letter=letter,
        signature=signature,
        signed=words.paragraph(_("Yours, {name}"), name=words.bold(signature[0])),
        letter_language=words.language(),
        yours=yours,
        yours_text=colour.text_on(yours),
    )
    return _inliner.inline(page)


def text(letter: Letter, *, event: Event, invitation: Invitation) -> str:
    """The plain text; the link stands on a line of its own."""
    signature = words.signature(event, invitation)
    page = render_template(
        "letters/letter.txt",
        letter=letter,
        signature=signature,
        signed=words.line(_("Yours, {name}"), name=signature[0]),
        plain=plain,
    )
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


def plain(paragraph: Markup) -> str:
    """A paragraph without its few tags, as it was typed."""
    return entities.unescape(re.sub(r"<[^>]*>", "", str(paragraph).replace("<br>", "\n")))
