def types_that_fit(blood, calcium, phosphate):
    grid = blood.pivot(index="type_id", columns="analyte_id", values="direction")
    return sorted(grid.index[(grid["calcium"] == calcium) | (grid["phosphate"] == phosphate)])
