"""Static files: a compressed copy is served only while it is that of the file beside it."""

import gzip
import os

import pytest
from werkzeug.test import Client

from eventapp.web.looks import FreshFiles


@pytest.mark.parametrize(("age", "sent"), [(-60, "new"), (0, "packed"), (60, "packed")])
def test_a_copy_older_than_its_file_is_not_served(tmp_path, age, sent):
    file, copy = tmp_path / "page.css", tmp_path / "page.css.gz"
    file.write_text("new".ljust(500))  # the smaller one is served
    copy.write_bytes(gzip.compress(b"packed"))
    written = file.stat().st_mtime
    os.utime(copy, (written + age, written + age))
    os.utime(file, (written, written))
    served = FreshFiles(lambda _environ, _start: [], root=str(tmp_path))
    answer = Client(served).get("/page.css", headers={"Accept-Encoding": "gzip"})
    body = answer.get_data()
    answer.close()
    if answer.headers.get("Content-Encoding"):
        body = gzip.decompress(body)
    assert body.decode().strip() == sent
