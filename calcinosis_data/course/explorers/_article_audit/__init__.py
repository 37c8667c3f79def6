"""Explorer `article_audit`: verdicts by section, down to each claim."""
