"""What is counted while the service runs, in the text format of Prometheus at `/metrics`."""

from collections.abc import Iterator
from time import perf_counter
from typing import cast

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from graph.errors import StoreError
from webapp.live import Live
from webapp.pool import Outcome

blueprint = Blueprint("metrics", __name__)

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60)


class Metrics:
    """The counters of one application.

    Args:
        live: the release that is served, whose pool is asked how busy it is.
    """

    def __init__(self, live: Live) -> None:
        """Count from nothing."""
        self.registry = CollectorRegistry()
        self.queries = Counter("liaison_queries", "Public queries by what became of them.", ["outcome"], registry=self.registry)
        self.ran = Histogram("liaison_query_seconds", "Seconds that queries ran.", buckets=_SECONDS, registry=self.registry)
        self.waited = Histogram("liaison_query_wait_seconds", "Seconds that queries waited.", buckets=_SECONDS, registry=self.registry)
        self.sent = Counter("liaison_result_bytes", "Bytes of results.", registry=self.registry)
        self.requests = Histogram(
            "liaison_request_seconds", "Seconds until an answer was ready.", ["route", "status"], buckets=_SECONDS, registry=self.registry
        )
        self.registry.register(_Busy(live))
        ProcessCollector(registry=self.registry)

    def note(self, outcome: Outcome) -> None:
        """Count a query."""
        self.queries.labels(outcome.kind).inc()
        self.ran.observe(outcome.ran)
        self.waited.observe(outcome.waited)
        self.sent.inc(outcome.size)


class _Busy(Collector):
    def __init__(self, live: Live) -> None:
        self._live = live

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """How busy the pool is, at the moment of asking."""
        try:
            load = self._live.serving().pool.load
        except StoreError:
            return
        yield GaugeMetricFamily("liaison_workers_running", "Workers at work.", load.running)
        yield GaugeMetricFamily("liaison_queries_waiting", "Queries that wait for a worker.", load.waiting)
        yield GaugeMetricFamily("liaison_kept_bytes", "Disk that results take which are not sent yet.", load.kept_bytes)


def measure(app: Flask, live: Live) -> None:
    """Count the requests of `app`, and offer the counters at `/metrics`."""
    app.extensions["metrics"] = Metrics(live)
    app.before_request(_begin)
    app.after_request(_end)
    app.register_blueprint(blueprint)


def metrics() -> Metrics:
    """The counters of the running application."""
    return cast("Metrics", current_app.extensions["metrics"])


@blueprint.get("/metrics")
def exposed() -> Response:
    """All counters."""
    return Response(generate_latest(metrics().registry), content_type=CONTENT_TYPE_LATEST)


def _begin() -> None:
    g.begun = perf_counter()


def _end(response: Response) -> Response:
    route = str(request.url_rule) if request.url_rule else "none"
    metrics().requests.labels(route, str(response.status_code)).observe(perf_counter() - g.get("begun", perf_counter()))
    return response
