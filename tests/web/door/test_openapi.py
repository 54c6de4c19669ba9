"""The description of the machine pages: open, whole, and as the README tells it."""

import json
import re

import pytest

from eventapp.config import ROOT


def test_the_description_is_open_and_names_every_verdict(app):
    told = app.test_client().get("/api/v1/openapi.json").get_json()
    assert sorted(told["paths"]) == ["/check-ins", "/checkpoints/{id}/roster"]
    assert "not yet" in told["components"]["schemas"]["Answer"]["properties"]["verdict"]["enum"]


@pytest.mark.usefixtures("morning")
def test_what_the_readme_sends_is_described_and_taken(app, door):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    path = re.search(r"curl https://[a-z.]+(/\S+)", readme)[1]
    letter = json.loads(re.search(r"-d '\n(\{.*?\n\})'", readme, re.DOTALL)[1])
    own = app.test_client()
    described = own.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    (item,) = letter["items"]
    assert set(letter) <= set(described["Sent"]["properties"])
    assert set(item) <= set(described["Item"]["properties"])
    item |= {"checkpoint": door.gate, "code": f"HTTPS://DAY.EXAMPLE/B/{door.codes[0]}"}
    answer = own.post(path, json=letter, headers={"Authorization": f"Bearer {door.secret}"}).get_json()
    (one,) = answer["answers"]
    assert (one["id"], one["verdict"], one["name"]) == (item["id"], "admitted", "오세린")
    assert set(one) <= set(described["Answer"]["properties"])
    roster = re.search(r"GET (/api/v1/checkpoints/)1(/roster\?since=)VERSION", readme)
    fetched = own.get(
        f"{roster[1]}{door.gate}{roster[2]}0", headers={"Authorization": f"Bearer {door.secret}"}
    )
    assert set(fetched.get_json()) <= set(described["Roster"]["properties"])
