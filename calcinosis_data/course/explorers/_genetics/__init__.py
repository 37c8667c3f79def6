"""Explorer `genetics`: genes and diseases with calcification."""
