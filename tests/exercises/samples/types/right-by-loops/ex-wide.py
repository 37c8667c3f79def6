def wide(blood):
    table = {}
    for row in blood.itertuples():
        table.setdefault(row.type_id, {})[row.analyte_id] = row.direction
    return pd.DataFrame.from_dict(table, orient="index").rename_axis("type_id")
