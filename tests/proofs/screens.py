"""Somebody at a screen, as the proofs see them."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient


@dataclass
class Person:
    """Somebody at a screen: cookies and headers are all that tells them apart."""

    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def client(self, app: Flask) -> FlaskClient:
        """A browser with these cookies."""
        client = app.test_client()
        for name, value in self.cookies.items():
            client.set_cookie(name, value, samesite="Strict")
        return client
