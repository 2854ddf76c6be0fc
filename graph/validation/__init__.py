"""Shapes to findings in words.

findings      what a shape has to say about one thing
constraints   the shapes as a list of constraints
compiler      a constraint to one query on the store
whole         a whole release judged by those queries
admissible    why claims would not pass, before they are recorded
slices        one profile judged by pySHACL, as a check on them
"""

from graph.validation.admissible import Known, obstacles
from graph.validation.findings import Finding
from graph.validation.slices import disagreements
from graph.validation.whole import validate_release

__all__ = ["Finding", "Known", "disagreements", "obstacles", "validate_release"]
