"""Processes that begin with the app already imported: each start is a fork, where python -m takes seconds."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

ROOT = Path(__file__).parent.parent
_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["eventapp", "flask.cli", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread"])


def begin(command: Sequence[str], *, environment: Mapping[str, str], output: str = os.devnull) -> BaseProcess:
    """Run `python -m command` with that environment alone; what it prints is added to the file `output`."""
    process = _nursery.Process(target=_run, args=(list(command), dict(environment), output))
    process.start()
    return process


def _run(command: list[str], environment: dict[str, str], output: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.path[:0] = [part for part in environment.get("PYTHONPATH", "").split(os.pathsep) if part]
    with open(output, "ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    sys.argv = command
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
