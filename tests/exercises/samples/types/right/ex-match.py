def types_that_fit(blood, calcium, phosphate):
    grid = wide(blood)
    return sorted(grid.query("calcium == @calcium and phosphate == @phosphate").index)
