"""Documents to proven figures and passages, and the stores that keep them."""
