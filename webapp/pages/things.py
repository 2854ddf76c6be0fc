"""Everything under `/page/`: a page for each thing that the graph holds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pyoxigraph as ox
from flask import Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from graph.iris import term
from webapp import parameters, resources
from webapp.live import Serving, current, settings
from webapp.pages import document, ego, facts, mentions, relations, schema_org
from webapp.pages.asking import Answer, ask, words, written
from webapp.pages.blueprint import blueprint
from webapp.pages.claims import Shown, shown
from webapp.pages.outlines import outline, proved
from webapp.pages.places import place, short
from webapp.pages.proofs import proofs
from webapp.paging import Part, as_written_now
from webapp.resources import subject
from webapp.security import check_host

SUBJECTS = ("country", "body", "group", "practice", "collective", "topic", "policy", "channel")
"""Kinds of things that have a page of relations."""
_OK, _SEE_OTHER = 200, 303


@blueprint.get("/page/<path:reference>")
def page(reference: str) -> Response:
    """The page about a thing, which leads to its data."""
    response = make_response(_page(reference))
    if response.status_code == _OK and is_in_data(reference):
        iri = current().iris.thing(reference).value
        response.headers["Link"] = f'<{iri}>; rel="canonical", {resources.links(reference)}'
    response.vary.add("Accept")
    return response


def is_in_data(reference: str) -> bool:
    """Whether a thing has an IRI of the data; the channels have theirs in the ontology."""
    return reference.partition("/")[0] != "channel"


def _page(reference: str) -> str | AnyResponse:
    serving = current()
    kind, _, key = reference.partition("/")
    node = subject(serving, reference)
    if kind == "profile":
        return _document(serving, node, reference)
    if kind == "claim":
        return _claim(serving, node, key)
    if kind in SUBJECTS:
        return _subject(serving, node, reference)
    if kind in ("sentence", "evidence"):
        answer = ask(serving, f"place-of-{kind}", thing=node)
        return redirect(f"{place(words(answer.rows[0], 'page'), serving.iris).address}#{kind}-{key}", _SEE_OTHER)
    return _other(serving, node, reference)


def _subject(serving: Serving, node: ox.NamedNode, reference: str) -> str:
    if settings().framed_by:
        check_host()  # the page shows the address of its drawing
    about, names, profiles = (ask(serving, name, thing=node) for name in ("thing", "names", "profiles-of"))
    claims, query = outline(serving, node)
    parts = {
        "reference": reference,
        "label": facts.label_of(about.rows, reference),
        "kind": facts.kind_of(about.rows, reference),
        "query": query,
        "evidence_query": written("evidence", serving.iris, role=term("liaison:involves"), thing=node),
    }
    made = relations.groups(claims, reference)
    if "relation" in request.args:
        parameters.lead_on(as_written_now(relations.MANY))
        wanted = f"{request.args['relation']}-{request.args.get('side', 'subject')}"
        group = next((group for group in made if group.anchor == wanted), None)
        if group is None:
            abort(404, f"The graph holds no such relation of {parts['label']}; its page lists those that there are: /page/{reference}.")
        part = Part.of(request.args.get("page", ""), len(group.claims), relations.MANY)
        rows = proved(serving, group.claims[part.begin : part.end])
        return render_template("relation.html", **parts, group=group, claims=rows, part=part)
    made = _proved_groups(serving, made)
    held, cited = ask(serving, "documents"), ask(serving, "mentions", thing=node)
    matches, named = facts.matches(about.rows, serving.iris), facts.names(names.rows)
    return render_template(
        "thing.html",
        **parts,
        facts=facts.facts(about.rows, serving.iris),
        matches=matches,
        names=named,
        schema_org=schema_org.thing(node.value, reference, parts["label"], named, matches),
        names_query=names.query,
        profiles=[(place(words(row, "profile"), serving.iris).address, words(row, "title")) for row in profiles.rows],
        families=relations.by_family(made),
        drawing=ego.drawing(claims, reference, facts.label_of(about.rows, reference)),
        counts=_counts(claims),
        mentions=mentions.mentions(held.rows, cited.rows, serving.iris),
        mentions_queries=[cited.query, held.query],
        most_sentences=mentions.MANY,
        most_documents=mentions.MANY_DOCUMENTS,
        about_query=about.query,
    )


def _document(serving: Serving, node: ox.NamedNode, reference: str) -> str:
    about, sentences = ask(serving, "thing", thing=node), ask(serving, "sentences", thing=node)
    claims, (found, _) = _claims(serving, node, "liaison:statedIn")
    made = document.parts(sentences.rows, claims, serving.iris)
    given: dict[str, list[tuple[str, str, str]]] = {}
    for row in about.rows:
        name = words(row, "property").rpartition("/")[2].rpartition("#")[2]
        value = words(row, "value")
        given.setdefault(name, []).append((value, words(row, "label") or value, place(value, serving.iris).address))
    lines = [line for part in made for line in part.lines if line.form != "heading"]
    return render_template(
        "document.html",
        reference=reference,
        parts=made,
        given=given,
        families=document.families(made),
        count=len(claims),
        sentences=len(lines),
        silent=sum(not line.is_claimed for line in lines),
        queries=[sentences.query, found.query],
    )


def _claim(serving: Serving, node: ox.NamedNode, key: str) -> str:
    found, evidence = ask(serving, "claim", claim=node), ask(serving, "evidence-of-claim", claim=node)
    made = shown(found.rows, proofs(evidence.rows, serving.iris, key), serving.iris, serving.day, key)
    if not made:
        abort(404)
    row = found.rows[0]
    ends = {name: row[name] for name in ("subject", "relation", "object")}
    edge = written("edge", serving.iris, **ends)
    return render_template(
        "claim.html",
        claim=made[0],
        stands=serving.view.ask(edge),
        edge=edge,
        queries=[found.query, evidence.query, edge],
    )


def _other(serving: Serving, node: ox.NamedNode, reference: str) -> str:
    about, linked = ask(serving, "thing", thing=node), ask(serving, "linked", thing=node)
    kind = reference.partition("/")[0]
    label = facts.label_of(about.rows, reference)
    pointing = []
    for row in linked.rows:
        end = words(row, "node")
        name = words(row, "label") or serving.iris.reference(end) or end
        pointing.append(facts.Fact(words(row, "propertyLabel") or short(words(row, "property")), name, place(end, serving.iris)))
    return render_template(
        "other.html",
        reference=reference,
        label=f"Row of {reference.partition('/')[2].partition('-')[0]}" if kind == "row" else label,
        kind=kind,
        cells=facts.cells(label) if kind == "row" else [],
        statements=facts.statements(about.rows, serving.iris),
        pointing=pointing,
        queries=[about.query, linked.query],
    )


def _proved_groups(serving: Serving, made: Sequence[relations.Group]) -> list[relations.Group]:
    """The groups, with the evidence of the claims that a thing's page shows."""
    there = {claim.key: claim for claim in proved(serving, [claim for group in made for claim in group.claims[: group.most]])}
    return [replace(group, claims=[there.get(claim.key, claim) for claim in group.claims]) for group in made]


def _claims(serving: Serving, node: ox.NamedNode, role: str) -> tuple[list[Shown], tuple[Answer, Answer]]:
    """The claims of a thing with their evidence, and the answers they were made from."""
    found, evidence = (ask(serving, name, role=term(role), thing=node) for name in ("claims", "evidence"))
    return shown(found.rows, proofs(evidence.rows, serving.iris), serving.iris, serving.day), (found, evidence)


def _counts(claims: Sequence[Shown]) -> dict[str, int]:
    """How many of the claims are stated, secondary, derived, and how many rest on a profile."""
    profiled = sum(claim.stated_in.reference.startswith("profile/") for claim in claims)
    return {"all": len(claims), "profile": profiled, **Counter(claim.certainty for claim in claims)}
