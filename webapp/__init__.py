"""What people and programs see of a release: pages, SPARQL, data, downloads.

    config      the settings; the one place that reads the environment
    pool        public queries, in processes that can be killed
    paging      a long list, a part at a time
    tables      SPARQL results as a table, IRIs as short names
    relay       the one way out to other endpoints
    live        the release that is being served
    gone        what could once be seen, and where it went
    metrics     what is counted while the service runs
    service     queries of a request to the pool
    negotiate   which format a client gets
    security    headers and limits
    compress    answers packed for those who take them so
    errors      errors as answers
    parameters  what a request asks for, checked
    years       the years that it asks for
    successors  addresses that name what was merged
    health      whether it lives
    protocol    requests to queries, by the SPARQL protocol
    validators  what tells whether an answer has changed
    description what the SPARQL endpoint says of itself
    sparql      queries to answers, and the page to write them on
    schema      the words of a release, for editors of queries
    resources   IRIs, data, named graphs
    catalogue   the release described for catalogues
    crawlers    where everything is
    downloads   the files of a release
    differences what has changed between releases, kept once it is worked out
    pages       pages for people
    api         JSON for programs, described as OpenAPI
    review      what reviewers see and do
    listening   the HTTP server
    telling     what commands say on the standard error
    builder     the process that publishes for a server
    commands    the commands that read documents
    cli         the command `liaison`, where everything meets

Nothing is computed here that a build could have computed, and nothing is written but what has changed between releases, and what reviewers decide.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # workers import this package and need none of it
    from flask import Flask

    from webapp.config import Config


def create_app(config: "Config") -> "Flask":
    """The application.

    Args:
        config: the settings.
    """
    from flask import Flask  # noqa: PLC0415  # see above

    from webapp import (  # noqa: PLC0415
        api,
        catalogue,
        compress,
        crawlers,
        downloads,
        errors,
        health,
        metrics,
        pages,
        resources,
        review,
        schema,
        security,
        sparql,
    )
    from webapp.live import Live  # noqa: PLC0415
    from webapp.review.drafts import Drafts  # noqa: PLC0415
    from webapp.review.room import Room  # noqa: PLC0415

    app = Flask("webapp")
    app.extensions["config"] = config
    app.extensions["live"] = Live(config)
    Drafts(config.releases).tidy()
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    compress.pack(app)
    security.protect(app)
    metrics.measure(app, app.extensions["live"])
    errors.explain(app)
    for room in (api, catalogue, crawlers, downloads, health, pages, resources, review, schema, sparql):
        app.register_blueprint(room.blueprint)
    app.extensions["room"] = Room(config, app.jinja_env)
    return app
