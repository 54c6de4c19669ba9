"""The description of the machine pages: open, and whole."""


def test_the_description_is_open_and_names_every_verdict(app):
    told = app.test_client().get("/api/v1/openapi.json").get_json()
    assert sorted(told["paths"]) == ["/check-ins", "/checkpoints/{id}/roster"]
    assert "not yet" in told["components"]["schemas"]["Answer"]["properties"]["verdict"]["enum"]
