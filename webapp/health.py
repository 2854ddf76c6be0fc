"""Whether the process lives, and whether it can answer."""

import logging

from flask import Blueprint, Response

from graph.errors import StoreError
from webapp.errors import UNAVAILABLE
from webapp.live import current

_LOG = logging.getLogger(__name__)

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process lives."""
    return Response("alive\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """There is a release, and a worker answers on it."""
    try:
        is_ready = current().pool.is_ready()
    except StoreError:
        _LOG.exception("not ready")
        return Response(UNAVAILABLE, 503, mimetype="text/plain")
    if not is_ready:
        return Response("no worker answers\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
