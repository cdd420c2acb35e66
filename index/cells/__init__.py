"""Printed cells to figures: the column of each value, or that it is not known."""
