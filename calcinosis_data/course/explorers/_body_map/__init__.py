"""Explorer `body_map`: where deposits sit, on an outline of our own."""
