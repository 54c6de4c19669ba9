"""The form of both pages."""

from flask import Flask

from eventapp.web.partner import data_form


def test_an_erasure_without_its_box_is_none(app: Flask):
    with app.test_request_context(method="POST", data={}):
        assert data_form.ErasureForm().validate() is False
    with app.test_request_context(method="POST", data={"sure": "y"}):
        assert data_form.ErasureForm().validate() is True
