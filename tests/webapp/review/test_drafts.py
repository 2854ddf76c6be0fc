"""Documents that wait to be taken: few of a reviewer, none for longer than a day, and nobody loses one by what others send."""

import os
import time
from collections.abc import Callable

import pytest
from flask import Flask

from tests.webapp.review import test_upload
from tests.webapp.review.conftest import Reviewer
from tests.webapp.review.test_upload import CONFIRMED, TEXT, draft, send, uploads
from webapp import create_app
from webapp.review.drafts import MOST, SECONDS

quick = test_upload.quick


def age(desk: Flask, who: Reviewer, sent: str) -> None:
    """Let a day and more go by for what somebody has sent."""
    os.utime(desk.extensions["config"].releases / "uploads" / who.handle / sent, times=(time.time() - SECONDS - 5,) * 2)


@pytest.mark.usefixtures("quick")
def test_no_upload_waits_for_longer_than_a_day(ana: Reviewer, desk: Flask) -> None:
    old = draft(send(ana, "old.md", TEXT.encode()))
    age(desk, ana, old)
    ana.page(f"/review/upload?draft={old}", 404)
    ana.post("/review/take", 404, draft=old, **CONFIRMED)
    assert uploads(desk) == []


@pytest.mark.usefixtures("quick")
def test_old_uploads_go_when_anybody_sends_another_one(ana: Reviewer, sign_in: Callable[[str], Reviewer], desk: Flask) -> None:
    age(desk, ana, draft(send(ana, "old.md", TEXT.encode())))
    sent = draft(send(sign_in("ben"), "b.md", TEXT.encode()))
    assert [path.name for path in uploads(desk)] == [sent]


@pytest.mark.usefixtures("quick")
def test_old_uploads_go_when_the_server_begins(ana: Reviewer, desk: Flask) -> None:
    sent = draft(send(ana, "new.md", TEXT.encode()))
    age(desk, ana, draft(send(ana, "old.md", TEXT.encode())))
    create_app(desk.extensions["config"]).extensions["live"].close()
    assert [path.name for path in uploads(desk)] == [sent]


@pytest.mark.usefixtures("quick")
def test_few_uploads_of_a_reviewer_wait_and_nobody_s_push_those_of_others_out(
    ana: Reviewer, sign_in: Callable[[str], Reviewer], desk: Flask
) -> None:
    ben = sign_in("ben")
    first = draft(send(ben, "first.md", TEXT.encode()))
    sent = [draft(send(ana, "new.md", TEXT.encode())) for _ in range(MOST)]
    refused = send(ana, "more.md", TEXT.encode(), 422)
    assert f"{MOST} documents that you have sent wait to be confirmed already" in refused.text
    assert sorted(path.parent.name for path in uploads(desk)) == [*["ana"] * MOST, "ben"]
    for id_ in sent:
        ana.page(f"/review/upload?draft={id_}")
    ben.page(f"/review/upload?draft={first}")


@pytest.mark.usefixtures("quick")
def test_what_waits_is_listed_to_go_on_with_or_to_discard(ana: Reviewer, sign_in: Callable[[str], Reviewer], desk: Flask) -> None:
    assert "What you have sent" not in ana.page("/review/upload")
    sent = draft(send(ana, "a <b>.md", TEXT.encode()))
    page = ana.page("/review/upload")
    assert f'<a href="/review/upload?draft={sent}"><bdi>a &lt;b&gt;.md</bdi></a>' in page
    ben = sign_in("ben")
    assert sent not in ben.page("/review/upload")
    ben.post("/review/discard", 404, draft=sent)
    ana.post("/review/discard", draft=sent)
    assert uploads(desk) == []
    ana.post("/review/discard", 404, draft=sent)
