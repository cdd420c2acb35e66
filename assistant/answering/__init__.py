"""A query and the reports become an answer with its evidence."""
