def wide(blood):
    return blood.pivot(index="type_id", columns="analyte_id", values="direction")
