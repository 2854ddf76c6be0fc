"""The network around one thing as a drawing: coordinates only, the template makes SVG of them.

circle   the neighbours, in the bunches in which they are drawn
layout   bunches to coordinates
drawing  both together

The same claims give the same drawing.
"""

from webapp.pages.ego.drawing import Drawing, drawing

__all__ = ["Drawing", "drawing"]
