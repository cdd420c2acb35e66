"""Reading a statistical table annexed to a report: one row an indicator, one or a few values.

Three steps: `cut` (a table that was flattened into text), `read` (values to the rows whose labels
they follow), `place` (which of the form's columns a value belongs to, or that it is not known).
"""

from index.annex.place import place_annex
from index.annex.read import LEAST_LABELS, read_annex

__all__ = ["LEAST_LABELS", "place_annex", "read_annex"]
