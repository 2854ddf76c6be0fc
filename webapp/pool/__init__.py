"""Queries from the public, each parsed and run in a process that can be killed. The web process parses none.

    spool        results that wait to be sent, bounded in sum
    question     a query, what it may cost, and what became of it
    answers      formats in which a query can be answered
    tokens       a query as a row of tokens, without parsing it
    guard        a query's length, nesting and number of terms, and what is refused at sight
    dataset      what a query names with FROM
    complaints   what the parser has to say, for a person
    cage         what a worker may not do
    channel      messages between the web process and a worker
    worker       the process that opens the store and runs one query at a time
    process      a worker as the web process holds it: started, asked, killed
    workers      the pool: who runs, who waits, who is turned away

Nothing here knows of HTTP.
"""

from webapp.pool.question import Dataset, Limits, Outcome, Question
from webapp.pool.workers import Pool

__all__ = ["Dataset", "Limits", "Outcome", "Pool", "Question"]
