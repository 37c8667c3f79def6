def share_sourced(labs):
    return labs.groupby("analyte_id", observed=True)["sourced"].sum()
