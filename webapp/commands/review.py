"""`liaison review`: what waits for people, and what they decide, for the shell. Only the log is written; `liaison build` publishes."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from graph import inputs
from graph.decisions import acting, queue
from graph.decisions.events import Act, Event
from graph.decisions.queue import Card
from graph.decisions.records import ClaimRecord
from graph.errors import SettingError
from webapp.commands.cards import as_dict, flat, lines, of_dispute, stances
from webapp.config import Config, reviewer
from webapp.options import settings
from webapp.review import acts, disputes, lookup, measures, pairing
from webapp.review.acts import Said
from webapp.review.office import Office

_MINUTE = len("2026-11-25T09:12")
_SHORT = queue.SHORTEST
_POLARITIES = click.Choice(acts.POLARITIES)
_MODALITIES = click.Choice(acts.MODALITIES)
PUBLISH = "Nothing is published yet; `liaison build` publishes."
Command = Callable[..., None]


@click.group("review")
def command() -> None:
    """Decide on what the rules propose. Each act is one more line in data/decisions; `liaison build` publishes."""


def _acts(decorated: Command) -> Command:
    """Options that all acts have."""
    decorated = settings("data", "base")(decorated)
    decorated = click.option("--note", default="", help="a remark for the next reader")(decorated)
    return click.option("--by", default="", help="the reviewer's handle; LIAISON_REVIEWER if it is not given")(decorated)


def _narrowed(decorated: Command) -> Command:
    """An option that makes it quick to find an id."""
    return click.option("--profile", help="look for the id in this profile alone, which is quicker where there are many")(decorated)


def _said_otherwise(decorated: Command) -> Command:
    """How a claim is said."""
    for end in ("object", "subject"):
        words = f"kind of the {end} where it is an actor that no file holds, named as the text does, such as working-group"
        decorated = click.option(f"--{end}-kind", help=words)(decorated)
    decorated = click.option("--until", help="until when it holds: 2018, 2018-10 or 2018-10-15")(decorated)
    decorated = click.option("--from", "since", help="since when it holds")(decorated)
    decorated = click.option("--modality", type=_MODALITIES, help="asserted unless it is said")(decorated)
    return click.option("--polarity", type=_POLARITIES, help="affirmed unless it is said")(decorated)


@command.command("queue")
@click.argument("profile")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="print JSON: one object for each claim that waits, then one for each actor on whose merge reviewers disagree",
)
@click.option("--limit", type=click.IntRange(min=1), help="how many are printed; all by default")
@settings("data", "base")
def queue_command(profile: str, *, as_json: bool, limit: int | None, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """List what waits in PROFILE: disputes, then words that have changed or are gone, then what the rules are least sure of."""
    office = office_of(options)
    table = office.table(profile)
    waiting = table.waiting
    shown = waiting[:limit]
    obstacles = acts.obstacles(shown, office)
    if as_json:
        told = [as_dict(card, table, office, obstacles.get(card.unit, ())) for card in shown]
        told += [of_dispute(dispute, office) for dispute in disputes.disputes(office, profile)]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for fault in table.laid.aside:
        click.echo(f"remark: {fault}", err=True)
    for card in shown:
        click.echo("\n".join(lines(card, table, office, obstacles.get(card.unit, ()))))
    for dispute in disputes.disputes(office, profile):
        click.echo(f"dispute  what {dispute.actor.reference} ({dispute.actor.name}) is; decide with merge or split")
        for event in dispute.said:
            click.echo(f"    {event.by}: {acts.about(event, office)}{f': {flat(event.note)}' if event.note else ''}")
    rest = f", {len(shown)} shown" if len(shown) < len(waiting) else ""
    click.echo(f"{len(waiting)} wait{'s' if len(waiting) == 1 else ''} in {profile}{rest}")


@command.command("accept")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--quote", default="", help="for words that are gone: those that say so today; one ID")
@_narrowed
@_acts
def accept_command(ids: tuple[str, ...], quote: str, profile: str | None, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """The words say so."""
    if quote and len(ids) > 1:
        message = "--quote is for one ID; accept them one after the other."
        raise click.UsageError(message)
    office, by = office_of(options), _by(by, note)
    cards = _cards(office, ids, profile)
    _decide(office, [(acts.accepted(card, by, office, note, quote), card.claim) for card in cards])


@command.command("reject")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@_narrowed
@_acts
def reject_command(ids: tuple[str, ...], profile: str | None, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """The words do not say so."""
    office, by = office_of(options), _by(by, note)
    _decide(office, [(acting.reject(card, by, note), card.claim) for card in _cards(office, ids, profile)])


@command.command("correct")
@click.argument("id_", metavar="ID")
@click.option("--subject", help="who: a reference or a name; as it is by default")
@click.option("--relation", help="the relation; as it is by default")
@click.option("--object", "target", help="to whom; as it is by default")
@_said_otherwise
@_narrowed
@_acts
def correct_command(id_: str, profile: str | None, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """The words say something else: what the options name instead. An empty date takes one away."""
    office, by = office_of(options), _by(by, note)
    card = lookup.card(id_, office, profile)
    replacement = acts.corrected(card, _said(options), office)
    _decide(office, [(acting.correct(card, replacement, by, note), replacement)])


def _said(options: Mapping[str, Any]) -> Said:
    names = {"subject": "subject", "relation": "relation", "object": "target"}
    given = {field: options[name] for field, name in names.items()}
    return Said(**given, **{name: options[name] for name in ("polarity", "modality", "since", "until", "subject_kind", "object_kind")})


@command.command("add")
@click.argument("profile")
@click.option("--quote", required=True, help="the words that say so, which stand in the text once, or in the sentence")
@click.option("--sentence", default="", help="key of the sentence that is meant, where the words stand in the text more than once")
@click.option("--subject", required=True, help="who: a reference or a name")
@click.option("--relation", required=True, help="the relation, such as memberOf")
@click.option("--object", "target", required=True, help="to whom: a reference or a name")
@_said_otherwise
@_acts
def add_command(profile: str, quote: str, sentence: str, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """The words of PROFILE say so, and no rule has noticed."""
    office, by = office_of(options), _by(by, note)
    made = acts.added(profile, quote, _said(options), by, office, note, sentence)
    assert made.claim
    _decide(office, [(made, made.claim)])


@command.command("retract")
@click.argument("id_", metavar="ID")
@_narrowed
@_acts
def retract_command(id_: str, profile: str | None, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """Take back what you have added."""
    office, by = office_of(options), _by(by, note)
    card = lookup.card(id_, office, profile)
    _decide(office, [(acting.retract(card, by, office.recorded.events, note), card.claim)])


@command.command("undo")
@click.argument("event")
@_acts
def undo_command(event: str, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """Undo a decision of your own; EVENT is the id that was printed, or its beginning."""
    office, by = office_of(options), _by(by, note)
    target = lookup.event(event, office)
    made = acts.undone(target, by, office, note)
    if claim := acts.claim_of(target):
        _decide(office, [(made, claim)])
        return
    office.record([made])
    _tell(made, f"{target.act} {acts.about(target, office)}", acts.now(target, office))


@command.command("merge")
@click.argument("actor")
@click.argument("other")
@_acts
def merge_command(actor: str, other: str, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """ACTOR is OTHER, under whose reference both stand from now on; each is a reference or a name."""
    _pair("merge", (actor, other), office_of(options), _by(by, note), note)


@command.command("split")
@click.argument("actor")
@click.argument("other")
@_acts
def split_command(actor: str, other: str, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """ACTOR is not OTHER; a merge of the two ends."""
    _pair("split", (actor, other), office_of(options), _by(by, note), note)


def _pair(act: Act, names: tuple[str, str], office: Office, by: str, note: str) -> None:
    """Record that two actors are, or are not, the same."""
    made = pairing.paired(act, names, by, office, note)
    office.record([made])
    _tell(made, acts.about(made, office), acts.now(made, office))


@command.command("complete")
@click.argument("profile")
@_acts
def complete_command(profile: str, by: str, note: str, **options: Any) -> None:  # noqa: ANN401
    """Every claim of the text of PROFILE, as it is today, is recorded."""
    office, by = office_of(options), _by(by, note)
    made = acts.completed(profile, by, office, note)
    office.record([made])
    waiting = len(office.table(profile).waiting)
    _tell(made, profile, f"complete, as long as the text stays as it is; {waiting} still wait{'s' if waiting == 1 else ''}")


@command.command("log")
@click.argument("profile", required=False)
@click.option("--limit", type=click.IntRange(min=1), help="only the latest; all by default")
@settings("data", "base")
def log_command(profile: str | None, *, limit: int | None, **options: Any) -> None:  # noqa: ANN401
    """List the decisions, on PROFILE or all of them, each with what became of it; the latest last."""
    office = office_of(options)
    if profile and profile not in office.profiles and not office.recorded.of(profile):
        office.table(profile)
    found = office.recorded.of(profile) if profile else office.recorded.events
    for fault in office.recorded.aside:
        click.echo(f"remark: {fault}", err=True)
    for event in found[-limit:] if limit else found:
        click.echo(_logged(event, office))
    click.echo(f"{len(found)} decision{'' if len(found) == 1 else 's'}")


def _logged(event: Event, office: Office) -> str:
    """A decision on one line."""
    act = f"undo {(event.undoes or '')[:_SHORT]}" if event.act == "undo" else event.act
    withdrawn = office.is_withdrawn(event)
    note = f"  note: {flat(event.note)}" if event.note and not withdrawn else ""
    about = f"{event.profile}: of words that are withdrawn" if withdrawn else acts.about(event, office)
    when = event.at[:_MINUTE].replace("T", " ")
    return f"{event.id[:_SHORT]}  {when}  {event.by}  {act}  {about}  ({acts.became(event, office)}){note}"


@command.command("figures")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@settings("data", "base")
def figures_command(*, as_json: bool, **options: Any) -> None:  # noqa: ANN401
    """Tell what decisions say: how often each rule is right, how far reviewers agree, how much of each document is judged.

    All profiles are read, which takes a while. A confidence is a prior until 20 proposals of the rule are reviewed.
    """
    data, office = Config.from_environment(os.environ, data=options["data"]).data, office_of(options)
    found = measures.measures(office, office.tables(), inputs.find(data).rules)
    click.echo(json.dumps(measures.as_dict(found), ensure_ascii=False, indent=2) if as_json else "\n".join(measures.lines(found)))


@command.command("explain")
@click.argument("id_", metavar="ID")
@_narrowed
@settings("data", "base")
def explain_command(id_: str, profile: str | None, **options: Any) -> None:  # noqa: ANN401
    """Tell all of a claim: its state and why, its evidence, each reviewer's stance, and every decision on it."""
    office = office_of(options)
    card = lookup.card(id_, office, profile)
    table = office.table(card.unit.profile)
    state, obstacles = queue.state_of(card.unit.claim, table.cards), acts.obstacles([card], office)
    click.echo(f"{queue.said(card.claim, office.vocabulary)}: {state}")
    click.echo(f"claim/{card.unit.claim} of {card.unit.profile}; the strongest of its evidence decides")
    for one in table.cards:
        if one.unit.claim == card.unit.claim:
            click.echo("\n".join([*lines(one, table, office, obstacles.get(card.unit, ())), *stances(one)]))
    history = [event for event in office.recorded.events if card.unit.claim in _claims_of(event)]
    click.echo(f"{len(history)} decision{'' if len(history) == 1 else 's'}")
    for event in history:
        click.echo(_logged(event, office))


def _claims_of(event: Event) -> set[str]:
    return {record.key for record in (event.claim, event.replacement) if record}


def office_of(options: dict[str, Any]) -> Office:
    """The data folder that the settings name.

    Args:
        options: the settings; they are taken out.

    Raises:
        LiaisonError: it is the shipped copy, or cannot be read.
    """
    config = Config.from_environment(os.environ, data=options.pop("data"), base=options.pop("base"))
    config.refuse_shipped_data()
    return Office(config.data, config.base, config.kept)


def reviewer_of(by: str) -> str:
    """The reviewer's handle.

    Args:
        by: as an option gives it; the environment names it else.

    Raises:
        SettingError: nobody is named, or it is no handle.
    """
    chosen = by or reviewer(os.environ)
    if not chosen:
        message = "nobody is named who decides; give your handle with --by, or in LIAISON_REVIEWER."
        raise SettingError(message)
    return acting.handle(chosen)


def _by(by: str, note: str) -> str:
    """The reviewer's handle; a note that is too long is refused with it, before anything is read."""
    acts.noted(note)
    return reviewer_of(by)


def _cards(office: Office, ids: Sequence[str], profile: str | None) -> list[Card]:
    """The cards of these ids, each once."""
    found = (lookup.card(one, office, profile) for one in ids)
    return list({card.id: card for card in found}.values())


def _decide(office: Office, made: Sequence[tuple[Event, ClaimRecord]]) -> None:
    """Write decisions, all or none, and tell of each what it did, and the state of the claim with which it comes out."""
    office.record([event for event, _ in made])
    for event, claim in made:
        _tell(event, acts.about(event, office), acts.outcome(event, claim, office), publish=event is made[-1][0])


def _tell(event: Event, about: str, now: str, *, publish: bool = True) -> None:
    """One line of what was done, and how to publish it."""
    act = f"undo {(event.undoes or '')[:_SHORT]}" if event.act == "undo" else event.act
    click.echo(f"{act}  {about}  event {event.id[:_SHORT]} by {event.by}; now {now}.")
    if publish:
        click.echo(PUBLISH, err=True)
