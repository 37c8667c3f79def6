"""Explorer `lab_matcher`: causes ranked by a serum pattern."""
