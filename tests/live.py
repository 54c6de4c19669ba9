"""A real gunicorn on a free port of this machine, for proofs and browsers."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import nursery

from eventapp.clock import set_demo

TESTS = Path(__file__).parent


@dataclass
class Live:
    """A served app: where it is, the process, and how to start it again."""

    url: str
    settings: dict[str, Any]
    workers: int
    threads: int
    flags: dict[str, str] = field(default_factory=dict)
    module: str = "live_app:app"
    process: BaseProcess | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        port = self.url.rpartition(":")[2]
        command = ["gunicorn", "--no-control-socket", "-b", f"127.0.0.1:{port}"]
        command += ["-k", "gthread", "-w", str(self.workers), "--threads", str(self.threads), self.module]
        log = Path(self.settings["INSTANCE"]) / "server.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        self.process = nursery.begin(command, environment=self.environment(), output=str(log))
        self._wait()

    def environment(self) -> dict[str, str]:
        """What the server and its commands find around them: these settings and no others."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("EVENTAPP_")},
            **{f"EVENTAPP_{name}": str(value) for name, value in self.settings.items()},
            "EVENTAPP_BASE_URL": self.url,
            "PYTHONPATH": os.pathsep.join(map(str, (TESTS, TESTS / "bench", TESTS.parent))),
            **self.flags,
        }

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if self.process is not None and self.process.exitcode is not None:
                    break
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log()[-3000:]}")

    def stop(self, *, hard: bool = False) -> None:
        """End it: politely, or as a power cut would."""
        if self.process is None:
            return
        if hard:
            subprocess.run(["kill", "-9", *self.pids()], check=False, capture_output=True)
        self.process.terminate()
        self.process.join(timeout=30)
        self.process = None

    def pids(self) -> list[str]:
        """The master first, then its workers."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [str(self.process.pid), *children.read_text().split()]

    def log(self) -> str:
        """What the server wrote so far."""
        file = Path(self.settings["INSTANCE"]) / "server.log"
        return file.read_text(errors="replace") if file.exists() else ""


@contextmanager
def serve(
    settings: dict[str, Any],
    *,
    workers: int = 1,
    threads: int = 8,
    at: datetime | None = None,
    open_forms: bool = False,
    unlocked: bool = False,
    module: str = "live_app:app",
) -> Iterator[Live]:
    """Serve the app on these settings until the block ends.

    at: the clock starts there. open_forms: no CSRF tokens, no rate limits. unlocked: without its locks.
    module: another app than the one tests serve.
    """
    flags = {}
    if open_forms:
        flags["TEST_OPEN_FORMS"] = "1"
    if unlocked:
        flags["TEST_UNLOCKED"] = "1"
    if at is not None:
        Path(settings["INSTANCE"]).mkdir(parents=True, exist_ok=True)
        set_demo(Path(settings["INSTANCE"]) / "test-clock.json", at)
    live = Live(f"http://127.0.0.1:{free_port()}", settings, workers, threads, flags, module)
    live.start()
    try:
        yield live
    finally:
        live.stop()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
