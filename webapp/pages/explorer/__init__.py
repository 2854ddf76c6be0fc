"""The explorer: a part of the network that one chooses step by step, from one or more actors.

state     what is shown, as the parameters of an address
acts      what a reader does: one state to another
ground    what the release says of the expanded actors
seen      a state and what is said to what is seen, and to how much is not
facets    what the filters offer
question  the SPARQL behind what is seen
layout    actors to places
picture   what is seen as a drawing
legend    what the signs of a drawing mean
exports   what is seen as files
views     the addresses

Everything between `ground` and `exports` is pure; the same address on the same release is the same picture.
"""

from webapp.pages.explorer import views

__all__ = ["views"]
