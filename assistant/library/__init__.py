"""Which reports are held, whose they are and how they are called."""
