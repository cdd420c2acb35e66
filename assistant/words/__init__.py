"""Words of a text: folded, found, mended and compared."""
