"""Explorer `cause_map`: causes by type, and how firmly linked."""
