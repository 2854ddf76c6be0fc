"""A query of a request, asked of the pool: on behalf of its client, counted, and with a line in the log."""

import logging
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

from flask import g, request

from webapp.live import Serving, settings
from webapp.metrics import metrics
from webapp.pool import Outcome, Question

LOG = logging.getLogger("liaison.query")


def ask(serving: Serving, question: Question) -> Outcome:
    """Run a query for the client of this request; it is stopped when the client goes away.

    The answer to the request carries the number of the query as `Query-Id`, and so does its line in the log.
    """
    g.query_id = uuid4().hex[:12]
    is_gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", lambda: False)
    outcome = serving.pool.ask(replace(question, client=request.remote_addr or ""), is_gone)
    metrics().note(outcome)
    LOG.info(
        "%s %s waited=%.3f ran=%.3f rows=%d bytes=%d release=%s hash=%s%s",
        g.query_id,
        outcome.kind.replace(" ", "-"),
        outcome.waited,
        outcome.ran,
        outcome.rows,
        outcome.size,
        serving.release.id,
        sha256(question.query.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        f" query={question.query!r}" if settings().log_queries else "",
    )
    return outcome
