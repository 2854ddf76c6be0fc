"""Commands that read documents, each in a module of its own; `webapp/cli.py` takes them up.

reading     an analyst as a command sets it up, in this process or in several
extract     what documents seem to say
add         a document into the data folder
evaluate    what is extracted beside gold
rules       rules and their tests
cards       what waits for people, in words
review      what waits for people, and what they decide
reviewers   who may review in the browser
decisions   decisions out for other programs, and in
"""

import click

from webapp.commands import add, decisions, evaluate, extract, review, reviewers, rules

COMMANDS: tuple[click.Command, ...] = (
    extract.command,
    add.command,
    evaluate.command,
    rules.command,
    review.command,
    reviewers.command,
    decisions.command,
)
