"""The whole app on a throwaway instance, to be looked at and not asked anything."""

from __future__ import annotations

import pytest
from flask import Flask

from eventapp import create_app

KEYS = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
    "LINK_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
}


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app({**KEYS, "INSTANCE": str(tmp_path_factory.mktemp("instance"))})
