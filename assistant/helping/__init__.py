"""A language model may help with words; the guard keeps its figures out."""
