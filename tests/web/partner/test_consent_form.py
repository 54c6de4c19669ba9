"""The form of both: the version stands in the name of each field."""

from eventapp.models.consent import ConsentText
from eventapp.web.partner import consent_form


def test_a_field_is_named_after_its_version():
    assert [consent_form.field_of(ConsentText(id=number)) for number in (3, 14)] == [
        "consent_3",
        "consent_14",
    ]
