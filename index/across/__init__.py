"""Reports beside each other: years, copies, units, and texts that are alike."""
