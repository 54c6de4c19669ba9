"""The worker that keeps a pass is a script without data."""

from __future__ import annotations


def test_the_pass_may_be_kept_by_its_worker_alone(client, ready, holder):
    answer = ready.get(holder.page)
    assert (answer.headers["X-Offline-Copy"], answer.headers["Cache-Control"]) == ("yes", "no-store")
    assert "X-Offline-Copy" not in ready.get(f"{holder.page}/confirmation").headers
    worker = client.get("/pass-worker.js")
    assert (worker.mimetype, worker.headers["Service-Worker-Allowed"]) == ("text/javascript", "/pass/")


def test_the_worker_s_address_opens_without_a_link(app):
    assert app.test_client().get("/pass-worker.js").status_code == 200
