"""Where a report names the body that it is of."""
