"""Tables in which every cell is named by two labels, in whatever layout: the rarer surfaces.

The usual reader (`index.tables.finding`) puts the cells that follow a row's label into the form's
columns. Where it finds no such table, a cell may still stand under, beside or behind the names of
its row and of its column: in a table turned on its side, in one with a row a block, in sentences.
"""

from index.tables.named.assemble import add_named
from index.tables.named.stacked import unstack

__all__ = ["add_named", "unstack"]
