def wide(blood):
    return blood.pivot(index="analyte_id", columns="type_id", values="direction")
