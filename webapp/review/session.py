"""Who is signed in, and that a form was sent from one of our pages.

A session is a signed cookie that only the server reads. It says who, with which token, and the secret that each form of
this session repeats. It ends with its token, after twelve hours, or when its reviewer signs out.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass
from threading import Lock
from urllib.parse import urlsplit

from flask import Request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from webapp.review.reviewers import Reviewer, Reviewers

COOKIE, PATH = "liaison_review", "/review"
FIELD = "form"
"""The field of each form that repeats the session's secret."""
_SECONDS = 12 * 3600
_SALT = "liaison.review.session"
_MOST_TRIES, _TRY_SECONDS = 10, 60.0


@dataclass(frozen=True)
class Session:
    """Who is signed in.

    Args:
        handle: the reviewer's handle.
        mark: hash of the hash of the token with which it began.
        form: what each form of this session repeats.
    """

    handle: str
    mark: str
    form: str


class Tries:
    """Counts attempts to sign in for each address, so that nobody can try token after token, and nobody keeps others out."""

    def __init__(self) -> None:
        """Nobody has tried."""
        self._lock = Lock()
        self._failed: deque[tuple[float, str]] = deque()

    def is_too_many(self, address: str) -> bool:
        """Whether an address failed too often within the last minute."""
        with self._lock:
            while self._failed and self._failed[0][0] < time.monotonic() - _TRY_SECONDS:
                self._failed.popleft()
            return sum(1 for _, one in self._failed if one == address) >= _MOST_TRIES

    def note(self, address: str) -> None:
        """An attempt has failed."""
        with self._lock:
            self._failed.append((time.monotonic(), address))


class Ended:
    """Sessions whose reviewers signed out; each is remembered as long as its cookie could still be shown."""

    def __init__(self) -> None:
        """Nobody has signed out."""
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}

    def add(self, session: Session) -> None:
        """A reviewer has signed out."""
        now = time.monotonic()
        with self._lock:
            self._until = {form: until for form, until in self._until.items() if until > now} | {session.form: now + _SECONDS}

    def __contains__(self, session: object) -> bool:
        """Whether a session has ended."""
        return isinstance(session, Session) and session.form in self._until


def begin(response: AnyResponse, reviewer: Reviewer, reviewers: Reviewers, *, is_secure: bool) -> None:
    """Sign a reviewer in.

    Args:
        response: carries the cookie.
        reviewer: who.
        reviewers: the file of reviewers, with the secret that signs.
        is_secure: whether the client came by HTTPS, so that the cookie goes by nothing else.
    """
    made = Session(reviewer.handle, _mark(reviewer.token_hash), secrets.token_urlsafe(24))
    value = _serializer(reviewers).dumps(asdict(made))
    response.set_cookie(COOKIE, value, max_age=_SECONDS, path=PATH, httponly=True, samesite="Lax", secure=is_secure)


def end(response: AnyResponse) -> None:
    """Sign out."""
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Lax")


def of(request: Request, reviewers: Reviewers, ended: Ended) -> Session | None:
    """The session of a request; None where there is none, it is too old or has ended, or its token was taken back.

    Args:
        request: the request.
        reviewers: the file of reviewers.
        ended: sessions whose reviewers signed out.
    """
    value = request.cookies.get(COOKIE, "")
    if not value or not reviewers.secret:
        return None
    try:
        found = Session(**_serializer(reviewers).loads(value, max_age=_SECONDS))
    except (BadData, TypeError):
        return None
    if found in ended:
        return None
    known = (one for one in reviewers.all() if one.handle == found.handle)
    return found if any(hmac.compare_digest(_mark(one.token_hash), found.mark) for one in known) else None


def is_ours(request: Request, session: Session) -> bool:
    """Whether a form was sent from a page of ours to this session: it repeats the secret, and comes from no other site."""
    given = request.form.get(FIELD, "")
    return hmac.compare_digest(given.encode(), session.form.encode()) and is_same_site(request)


def is_same_site(request: Request) -> bool:
    """Whether nothing says that a request was caused by another site."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # no address at all
        return False


def _mark(token_hash: str) -> str:
    return hashlib.sha256(token_hash.encode()).hexdigest()


def _serializer(reviewers: Reviewers) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(reviewers.secret, _SALT, signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"})
