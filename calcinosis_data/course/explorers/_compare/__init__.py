"""Explorer `compare`: two rows of one table side by side."""
