"""Explorer `table`: browse and filter any table."""
