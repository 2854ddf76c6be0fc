"""What search engines read in a page: the thing in the words of schema.org, as JSON-LD."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from graph.release import Release
from graph.void import ABOUT, RIGHTS, TITLE
from webapp.pages.facts import Match

_TYPES = {
    "country": "Country",
    "body": "Organization",
    "group": "Organization",
    "collective": "Organization",
    "practice": "Project",
    "policy": "CreativeWork",
    "topic": "DefinedTerm",
    "channel": "DefinedTerm",
}


def thing(iri: str, reference: str, label: str, names: Iterable[tuple[str, list[str]]], matches: Iterable[Match]) -> Markup:
    """A thing: what it is called, and where else it is known.

    Args:
        iri: its IRI.
        reference: its reference, whose first part says what kind it is.
        label: its preferred name.
        names: its names by language.
        matches: what other lists have for it; only the same counts.
    """
    others = sorted({name for _, values in names for name in values} - {label})
    same = [match.place.address for match in matches if match.how == "the same" and match.place.address]
    said = {"@type": _TYPES.get(reference.partition("/")[0], "Thing"), "@id": iri, "name": label, "alternateName": others, "sameAs": same}
    return _written(said)


def dataset(release: Release, root: str, files: Mapping[str, Mapping[str, Any]]) -> Markup:
    """The release as a dataset with its files.

    Args:
        release: the release.
        root: address of this server, ending in a slash.
        files: its files, each with bytes and media type.
    """
    distribution = [
        {
            "@type": "DataDownload",
            "contentUrl": f"{root}downloads/{release.id}/{name}",
            "encodingFormat": file["media_type"],
            "contentSize": f"{file['bytes']} B",
        }
        for name, file in files.items()
    ]
    about = {"@id": release.iris.thing(f"release/{release.id}").value, "name": TITLE, "description": ABOUT}
    terms = {"copyrightNotice": RIGHTS, "usageInfo": f"{root}about#terms"}
    dated = {"version": release.id, "dateModified": release.manifest["built"], "isAccessibleForFree": True}
    return _written({"@type": "Dataset", **about, **terms, **dated, "url": f"{root}downloads", "distribution": distribution})


def _written(said: Mapping[str, Any]) -> Markup:
    """As the content of a script element: nothing in it can end that element."""
    given = {"@context": "https://schema.org", **{name: value for name, value in said.items() if value}}
    text = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704  # the three characters that matter to HTML are written as escapes of JSON
