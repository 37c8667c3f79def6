"""Explorer `type_grid`: what calcium, phosphate and tissue tell apart."""
