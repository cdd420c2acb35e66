"""Numbers of running text to figures: what each counts, and how they hang together."""
