"""Nobody reads or writes under /review without a valid token, and no form counts that was not sent from a page of the session."""

import re
import time
from collections.abc import Callable

import pytest
from flask import Flask

from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review import session
from webapp.review.reviewers import Reviewers

SignIn = Callable[[str], Reviewer]


def addresses(desk: Flask, method: str) -> list[str]:
    """Every address under /review that takes a method, with something in each place."""
    rules = [rule for rule in desk.url_map.iter_rules() if rule.rule.startswith("/review") and method in (rule.methods or ())]
    return sorted(re.sub(r"<[^>]+>", "x", rule.rule) for rule in rules)


def test_the_way_in_says_how_one_gets_a_token(desk: Flask) -> None:
    assert "liaison reviewers add HANDLE" in Reviewer(desk).page("/review")
    Reviewers(desk.extensions["config"].reviewers).add("ana")
    assert 'type="password"' in Reviewer(desk).page("/review")


def test_whoever_is_not_signed_in_is_led_to_the_way_in_and_back(desk: Flask) -> None:
    for address in addresses(desk, "GET"):
        answer = Reviewer(desk).client.get(address)
        assert address == "/review" or answer.location == f"/review?next={address}", address
    token = Reviewers(desk.extensions["config"].reviewers).add("ana")
    answer = Reviewer(desk).client.post("/review/sign-in", data={"token": token, "next": f"/review/profile/{KEY}"})
    assert answer.location == f"/review/profile/{KEY}"


@pytest.mark.parametrize(
    "wanted",
    ["https://example.org/", "//example.org/review", "/review/../sparql\\", "/about", "/reviewers", "/review\nx", "\\/review", "//["],
)
def test_the_way_in_leads_nowhere_but_under_review(desk: Flask, wanted: str) -> None:
    token = Reviewers(desk.extensions["config"].reviewers).add("ana")
    assert Reviewer(desk).client.post("/review/sign-in", data={"token": token, "next": wanted}).location == "/review"


def test_no_form_is_taken_without_a_session(desk: Flask) -> None:
    for address in addresses(desk, "POST"):
        if address != "/review/sign-in":
            assert Reviewer(desk).client.post(address, data={"form": "x"}).status_code == 403, address


def test_no_form_is_taken_that_is_not_of_this_session(desk: Flask, sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    for address in addresses(desk, "POST"):
        if address != "/review/sign-in":
            for data in ({}, {"form": ""}, {"form": "x"}, {"form": ben.form}):
                answer = ana.client.post(address, data=data)
                assert answer.status_code == 403, address
                assert "not sent from a page of this session" in answer.text
    assert ana.events == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://[x"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_form_is_taken_from_another_site(ana: Reviewer, headers: dict[str, str]) -> None:
    card = ana.card("co-drives")
    data = {"form": ana.form, "act": "accept", "profile": KEY, "card": card.id}
    assert ana.client.post("/review/decide", data=data, headers=headers).status_code == 403
    token = Reviewers(ana.app.extensions["config"].reviewers).add("ben")
    assert Reviewer(ana.app).client.post("/review/sign-in", data={"token": token}, headers=headers).status_code == 403
    assert ana.events == ()


def test_the_cookie_is_for_the_server_alone(desk: Flask) -> None:
    token = Reviewers(desk.extensions["config"].reviewers).add("ana")
    cookie = Reviewer(desk).client.post("/review/sign-in", data={"token": token}, base_url="https://localhost").headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/review"} <= set(cookie.split("; "))
    assert token not in cookie


@pytest.mark.parametrize("cookie", ["", "x", "e30.e30.e30", "eyJoYW5kbGUiOiJhbmEifQ.Z.x"])
def test_a_forged_cookie_is_none(desk: Flask, cookie: str) -> None:
    Reviewers(desk.extensions["config"].reviewers).add("ana")
    somebody = Reviewer(desk)
    somebody.client.set_cookie(session.COOKIE, cookie, path="/review")
    assert somebody.client.get(f"/review/profile/{KEY}").status_code == 303


def test_a_session_ends_with_its_token(sign_in: SignIn) -> None:
    ana = sign_in("ana")
    Reviewers(ana.app.extensions["config"].reviewers).replace("ana")
    assert ana.client.get(f"/review/profile/{KEY}").status_code == 303


def test_a_session_ends_after_twelve_hours(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, now = sign_in("ana"), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 11.9 * 3600)
    assert ana.client.get(f"/review/profile/{KEY}").status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 12.1 * 3600)
    assert ana.client.get(f"/review/profile/{KEY}").status_code == 303


def test_who_signs_out_is_out_and_so_is_a_copy_of_the_cookie(sign_in: SignIn) -> None:
    ana = sign_in("ana")
    cookie = ana.client.get_cookie(session.COOKIE, path=session.PATH)
    assert cookie
    assert ana.post("/review/sign-out").location == "/review"
    assert ana.client.get(f"/review/profile/{KEY}").status_code == 303
    thief = Reviewer(ana.app)
    thief.client.set_cookie(session.COOKIE, cookie.value, path=session.PATH)
    assert thief.client.get(f"/review/profile/{KEY}").status_code == 303


def test_whoever_tries_token_after_token_has_to_wait_and_who_has_one_need_not(desk: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    token = Reviewers(desk.extensions["config"].reviewers).add("ana")
    client = Reviewer(desk).client
    tried = [client.post("/review/sign-in", data={"token": f"guess-{number}"}).status_code for number in range(12)]
    assert tried == [403] * 10 + [429] * 2
    elsewhere = client.post("/review/sign-in", data={"token": "guess"}, environ_base={"REMOTE_ADDR": "10.0.0.2"})
    assert elsewhere.status_code == 403
    assert client.post("/review/sign-in", data={"token": token}).status_code == 303
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    assert client.post("/review/sign-in", data={"token": "guess"}).status_code == 403


def test_what_reviewers_see_is_kept_by_nobody(ana: Reviewer) -> None:
    answer = ana.client.get("/review")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Disallow: /review" in ana.client.get("/robots.txt").text


def test_a_broken_file_of_reviewers_lets_nobody_in_and_says_nothing_of_it(ana: Reviewer) -> None:
    path = ana.app.extensions["config"].reviewers
    path.write_text("{", encoding="utf-8")
    answer = ana.client.get("/review")
    assert answer.status_code == 503
    assert str(path) not in answer.text
    assert "What waits" not in answer.text
