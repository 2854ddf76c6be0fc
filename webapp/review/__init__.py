"""What reviewers see and do, on the shell and in the browser: what waits, why, and what becomes of it.

    table       one profile as it lies before reviewers
    admission   which claims the shapes would refuse
    lexis       countries and small words in names
    register    the actors that claims may be about, by reference and by name
    office      a data folder before reviewers; follows what changes in it
    disputes    merges of actors on which reviewers disagree
    breaks      claims that stand and could not any more
    acts        what reviewers do, checked and recorded
    pairing     that two actors are the same, or are not, checked
    sheets      what waits as a sheet for a spreadsheet, and the decisions that come back in it
    lookup      what an id means, or its beginning
    reviewers   who may review in the browser: handles and hashes of their tokens
    session     who is signed in, and that a form is one of ours
    publisher   a publication in a process of its own
    room        the office of a running server, read in the background
    filepaths   the paths of files as reviewers see them
    places      a sentence as a reviewer sees it
    network     the claims of a sentence as a drawing
    blueprint   the blueprint of the pages under /review, and what their templates may use
    front       the way in
    sentence    one sentence a page, and what is decided on it
    profile     how far a profile is reviewed
    fields      what is wrong with the fields of a form that adds a claim
    text        the whole text, and what reviewers add to it
    likeness    actors whose names are alike, and why
    pairs       two actors that may be one
    actors      actors that no file holds, and which of them are the same
    log         the decisions, each with what became of it
    measures    what decisions say of rules, reviewers and documents
    figures     the same as a page
    queue_table all that waits, of which several are decided at once
    intake      the files of a new profile
    examination what a document that is sent seems to be, found out in another process
    examiner    that process
    drafts      documents that were sent and are not yet taken
    confirmation what a person confirms of a document, and its side-car
    uploading   a new document by upload
    effect      what publishing would change
    later       which decisions a release does not know yet
    publishing  the same as a page, and the publication

Only the log of decisions and, for an upload, a new profile are written here; a release is made by `graph.build` alone.
"""

from webapp.review import actors, figures, front, log, profile, publishing, queue_table, sentence, text, uploading
from webapp.review.blueprint import blueprint

__all__ = ["actors", "blueprint", "figures", "front", "log", "profile", "publishing", "queue_table", "sentence", "text", "uploading"]
