"""Logs: one JSON line a request, with an id and the rule of its address, never a name, token or query."""

from __future__ import annotations

import logging
import secrets
import sys
import time
from traceback import extract_tb
from typing import Any

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
            without_words,
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
    log.error("crash", id=g.get("request_id"), exc_info=exception)


def without_words(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of a crash keep its kind and its place: its words and variables may hold what somebody typed."""
    exception = event.pop("exc_info", None)
    if exception is True:
        exception = sys.exc_info()[1]
    if isinstance(exception, BaseException):
        event["crash"] = type(exception).__name__
        event["at"] = [
            f"{frame.filename.rpartition('eventapp/')[2]}:{frame.lineno}"
            for frame in extract_tb(exception.__traceback__)[-8:]
        ]
    return event
