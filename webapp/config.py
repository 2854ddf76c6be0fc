"""The settings, and the one place that reads the environment.

Each setting is an option of `liaison serve` and a variable of the environment: `query_seconds` is `--query-seconds`
and `LIAISON_QUERY_SECONDS`. An option wins over the environment. `docs/commands.md` lists them all.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import resources
from math import isfinite
from pathlib import Path
from typing import Any

from graph import cache
from graph.errors import SettingError
from graph.iris import DEFAULT_BASE

_HIGHEST_PORT = 65_535
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")
_FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


def shipped_data() -> Path:
    """The data folder in use when none is named: `./data`, else the copy in the wheel."""
    here = Path("data")
    return here if here.is_dir() else Path(str(resources.files("webapp"))) / "shipped" / "data"


@dataclass(frozen=True)
class Config:
    """All settings of Liaison; `help` in the metadata says what each means."""

    data: Path = field(default_factory=shipped_data, metadata={"help": "folder of the data; ./data, else the shipped copy"})
    releases: Path = field(default=Path("releases"), metadata={"help": "folder of the releases; it must be writable for a build"})
    base: str = field(default=DEFAULT_BASE, metadata={"help": "IRI under which the data live, ending in a slash"})
    host: str = field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = field(default=8000, metadata={"help": "port to listen on"})
    threads: int = field(default=32, metadata={"help": "requests that are answered at the same time"})
    workers: int = field(default=2, metadata={"help": "queries that run at the same time, each in a process of its own"})
    query_queue: int = field(default=16, metadata={"help": "queries that may wait for a worker; more are turned away"})
    query_seconds: float = field(default=20.0, metadata={"help": "seconds that a query may take, waiting not counted"})
    query_slice_seconds: float = field(
        default=0.5, metadata={"help": "seconds that a query gets at once in the quick lane while all workers are busy"}
    )
    query_share: int = field(default=8, metadata={"help": "queries of one client that may run, wait or be sent; more are turned away"})
    query_megabytes: int = field(default=1024, metadata={"help": "memory that a worker may take on, in MB"})
    query_bytes: int = field(default=16_000, metadata={"help": "longest query, in bytes of UTF-8"})
    query_depth: int = field(default=60, metadata={"help": "deepest nesting of brackets in a query"})
    query_terms: int = field(default=1_000, metadata={"help": "most operators and patterns in a query"})
    result_megabytes: int = field(default=50, metadata={"help": "largest result, in MB"})
    spool_megabytes: int = field(default=500, metadata={"help": "disk that results may take until they are sent, in MB"})
    proxy: str = field(default="", metadata={"help": "address of the proxy whose X-Forwarded headers are believed; none by default"})
    services: str = field(
        default="", metadata={"help": "addresses of endpoints that SERVICE may ask, separated by spaces; none by default"}
    )
    log_queries: bool = field(default=False, metadata={"help": "write the text of each query to the log, not only its hash"})
    reviewers: Path = field(
        default=Path("reviewers.json"), metadata={"help": "file of who may review in the browser; nobody may where it is missing"}
    )
    upload_megabytes: int = field(default=10, metadata={"help": "largest document that a reviewer may upload, in MB"})
    framed_by: str = field(
        default="", metadata={"help": "sites whose pages may show /embed/ in a frame, separated by spaces, * for any; none by default"}
    )
    contact: str = field(default="", metadata={"help": "address for reports of errors, shown on every page"})

    def __post_init__(self) -> None:
        """Refuse at once what cannot work, not at the first request."""
        if not self.base.startswith(("http://", "https://")) or not self.base.endswith("/"):
            message = f"base is {self.base!r}; it must begin with http:// or https:// and end in a slash."
            raise SettingError(message)
        for setting in fields(self):
            value = getattr(self, setting.name)
            if (
                isinstance(value, int | float)
                and not isinstance(value, bool)
                and setting.name != "port"
                and not (isfinite(value) and value > 0)
            ):
                message = f"{setting.name} is {value}; it must be more than 0."
                raise SettingError(message)
        if foreign := [address for address in self.services.split() if not address.startswith(("http://", "https://"))]:
            message = f"services holds {foreign[0]!r}; each address must begin with http:// or https://."
            raise SettingError(message)
        if wrong := [site for site in self.framed_by.split() if site != "*" and not _SITE.fullmatch(site)]:
            message = (
                f"framed_by holds {wrong[0]!r}; each site must be like https://example.org, with a port or without, and no path; or *."
            )
            raise SettingError(message)
        if not 0 <= self.port <= _HIGHEST_PORT:
            message = f"port is {self.port}; it must be between 1 and {_HIGHEST_PORT}, or 0 for any that is free."
            raise SettingError(message)
        if self.workers + 1 + self.query_queue >= self.threads:
            message = (
                f"workers, the quick one, and query_queue are {self.workers + 1 + self.query_queue} together, threads are {self.threads}; "
                "threads must be more, so that pages are answered while queries run."
            )
            raise SettingError(message)
        if (self.workers + 1) * self.result_megabytes > self.spool_megabytes:
            message = f"spool_megabytes is {self.spool_megabytes}; it must hold the largest result of each worker."
            raise SettingError(message)

    @property
    def is_shipped_data(self) -> bool:
        """Whether the data folder is the copy that came with Liaison, which an update replaces."""
        return not Path("data").is_dir() and self.data == shipped_data()

    @property
    def kept(self) -> Path | None:
        """Where builds and reviewers keep what the rules propose; None where nothing can be written."""
        return self.releases / cache.FOLDER / cache.EXTRACTIONS if os.access(self.releases, os.W_OK) else None

    def refuse_shipped_data(self) -> None:
        """Nothing is written into the copy of the data that came with Liaison, which an update replaces.

        Raises:
            SettingError: that copy is the data folder in use.
        """
        if self.is_shipped_data:
            message = f"{self.data}: this is the copy that came with Liaison; name a data folder of your own with --data."
            raise SettingError(message)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **options: Any) -> "Config":  # noqa: ANN401  # each is checked below
        """The settings from options, where given, else from the environment, else their defaults.

        Raises:
            SettingError: a value is not of its kind.
        """
        given = {setting.name: environment[name] for setting in fields(cls) if (name := f"LIAISON_{setting.name.upper()}") in environment}
        given |= {name: value for name, value in options.items() if value is not None}
        return cls(**{name: _typed(name, value) for name, value in given.items()})


def chat_key(environment: Mapping[str, str]) -> str:
    """The key for the endpoint of the plug-in `chat`; only from the environment, since options can be read by others."""
    return environment.get("LIAISON_CHAT_KEY", "")


def reviewer(environment: Mapping[str, str]) -> str:
    """The handle of whoever reviews on the shell, where `--by` names none."""
    return environment.get("LIAISON_REVIEWER", "")


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401  # its kind is what is found out
    kinds: dict[str, type] = {setting.name: setting.type for setting in fields(Config)}  # type: ignore[misc]
    try:
        return _FLAGS[str(value).lower()] if kinds[name] is bool else kinds[name](value)
    except (ValueError, KeyError) as error:
        message = f"{name} is {value!r}; it must be {'true or false' if kinds[name] is bool else f'a {kinds[name].__name__}'}."
        raise SettingError(message) from error
