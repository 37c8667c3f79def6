def share_sourced(labs):
    sourced = labs[labs["sourced"]]["analyte_id"].value_counts()
    return (sourced / labs["analyte_id"].value_counts()).fillna(0)
