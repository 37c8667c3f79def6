def wide(blood):
    blood.pivot(index="type_id", columns="analyte_id", values="direction")
