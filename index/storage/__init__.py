"""Where reports are kept: the ledger, the vectors, and the embedder."""
