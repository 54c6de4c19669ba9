"""Logs: one JSON line a request, with an id and the rule of its address, never a name, token or query."""

from __future__ import annotations

import logging
import secrets
import sys
import time

import structlog
from flask import Flask, g, got_request_exception, request
from werkzeug.wrappers import Response

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Write to standard error; tests stay quiet."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    app.before_request(_begin)
    app.after_request(_write)
    got_request_exception.connect(_crashed, app)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()


def _write(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint != "public.machines.healthz":
        log.info(
            "request",
            id=g.get("request_id"),
            method=request.method,
            rule=str(request.url_rule or "none"),
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        )
    return response


def _crashed(_app: Flask, exception: Exception) -> None:
    """The kind and place of a crash, not its words: they may hold what somebody typed."""
    frames = []
    trace = exception.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rpartition('eventapp/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("crash", id=g.get("request_id"), kind=type(exception).__name__, at=frames[-6:])
