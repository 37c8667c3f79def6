def wide(blood):
    known = blood[blood["type_id"] != "iatrogenic"]
    return known.pivot(index="type_id", columns="analyte_id", values="direction")
