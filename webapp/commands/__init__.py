"""Commands that read documents, each in a module of its own; `webapp/cli.py` takes them up.

files       files that commands read, and write to
reading     an analyst as a command sets it up, in this process or in several
extract     what documents seem to say
plugins     which plug-ins are asked, as options of commands
propose     what plug-ins propose, kept to be decided on
add         a document into the data folder
evaluate    what is extracted beside gold
rules       rules and their tests
cards       what waits for people, in words
review      what waits for people, and what they decide
sheet       what waits as a sheet for a spreadsheet, and the decisions in it
reviewers   who may review in the browser
decisions   decisions out for other programs, and in
"""

import click

from webapp.commands import add, decisions, evaluate, extract, propose, review, reviewers, rules, sheet

COMMANDS: tuple[click.Command, ...] = (
    extract.command,
    add.command,
    propose.command,
    evaluate.command,
    rules.command,
    review.command,
    reviewers.command,
    decisions.command,
)

review.command.add_command(sheet.sheet_command)
review.command.add_command(sheet.enter_command)
