"""Running text beside the tables: which number means which cell, and whether they agree."""
