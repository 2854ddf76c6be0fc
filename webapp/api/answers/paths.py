"""Paths between two things, to models."""

from webapp.api import models
from webapp.api.answers.edges import edge, end
from webapp.live import Serving
from webapp.pages.paths.ends import only
from webapp.pages.paths.finding import find
from webapp.pages.paths.wanted import PathsParameters


def paths(serving: Serving, given: PathsParameters) -> models.Paths:
    """The shortest paths between two things.

    Args:
        serving: the release.
        given: the parameters.

    Raises:
        NotFound: one of the ends is not known, or several things bear its name.
    """
    answer = find(serving, given, is_whole=True)
    source, target = (only(end) for end in (answer.source, answer.target))
    return models.Paths(
        release=serving.release.id,
        source=end(source, serving.iris),
        target=end(target, serving.iris),
        end=answer.found.end if answer.found else "same",
        words=answer.words,
        paths=[
            models.Path(
                length=len(way.steps),
                hops=[
                    models.Hop(
                        source=end(step.source, serving.iris),
                        target=end(step.target, serving.iris),
                        claims=[edge(claim, serving.iris) for claim in step.claims],
                    )
                    for step in way.steps
                ],
            )
            for way in answer.ways
        ],
        page=given.address(),
    )
