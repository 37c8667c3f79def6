"""Explorer `treatment_evidence`: level, direction and target of each treatment."""
