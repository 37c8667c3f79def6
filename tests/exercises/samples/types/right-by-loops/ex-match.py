def types_that_fit(blood, calcium, phosphate):
    found = []
    for name in blood["type_id"].unique():
        rows = blood[blood["type_id"] == name].set_index("analyte_id")["direction"]
        if rows["calcium"] == calcium and rows["phosphate"] == phosphate:
            found.append(name)
    found.sort()
    return found
