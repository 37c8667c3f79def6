"""Ways to damage a copy of the data package, each with the rule that must find it."""

import pytest

CORRUPTIONS = []


def breaks(rule, table, column=""):
    """Register a function that damages a copy so that `rule` must find it there."""

    def register(corrupt):
        CORRUPTIONS.append(pytest.param(rule, table, column, corrupt, id=corrupt.__name__))
        return corrupt

    return register


# --- files


@breaks("unreadable-file", "types")
def missing_file(copy):
    copy.path("types").unlink()


@breaks("unreadable-file", "types")
def latin_1(copy):
    copy.path("types").write_bytes(copy.path("types").read_bytes() + "é".encode("latin-1"))


@breaks("unreadable-file", "types")
def ragged_row(copy):
    with copy.path("types").open("a", encoding="utf-8") as file:
        file.write("zzz,too few\n")


@breaks("unreadable-file", "types")
def quote_in_the_middle(copy):
    text = copy.path("types").read_text(encoding="utf-8")
    copy.path("types").write_text(text + '"open\n', encoding="utf-8")


@breaks("unreadable-file", "types")
def nothing_at_all(copy):
    copy.path("types").write_bytes(b"")


@breaks("stray-file", "notes")
def undescribed_file(copy):
    (copy.folder / "notes.csv").write_text("note\n", encoding="utf-8")


@breaks("wrong-header", "types")
def renamed_column(copy):
    text = copy.path("types").read_text(encoding="utf-8")
    copy.path("types").write_text(text.replace("type_id", "typeid", 1), encoding="utf-8")


@breaks("wrong-header", "types")
def columns_in_another_order(copy):
    rows = [dict(reversed(row.items())) for row in copy.rows("types")]
    copy.write("types", rows)


@breaks("not-canonical", "types")
def byte_order_mark(copy):
    copy.path("types").write_bytes(b"\xef\xbb\xbf" + copy.path("types").read_bytes())


@breaks("not-canonical", "types")
def carriage_returns(copy):
    raw = copy.path("types").read_bytes()
    copy.path("types").write_bytes(raw.replace(b"\n", b"\r\n"))


@breaks("not-canonical", "types")
def needless_quotes(copy):
    raw = copy.path("types").read_bytes()
    copy.path("types").write_bytes(raw.replace(b"\ndystrophic,", b'\n"dystrophic",'))


@breaks("not-canonical", "types")
def no_line_feed_at_the_end(copy):
    copy.path("types").write_bytes(copy.path("types").read_bytes().rstrip(b"\n"))


@breaks("not-sorted", "types", "type_id")
def reversed_rows(copy):
    copy.write("types", copy.rows("types")[::-1])


# --- descriptor


@breaks("undescribed-table", "types")
def table_without_description(copy):
    copy.describe(lambda descriptor: resource(descriptor, "types").pop("description"))


@breaks("undescribed-table", "types")
def table_without_licence(copy):
    copy.describe(lambda descriptor: resource(descriptor, "types").update(licenses=[]))


def resource(descriptor, table):
    return next(one for one in descriptor["resources"] if one["name"] == table)


@breaks("undescribed-field", "types", "name")
def column_without_unit(copy):
    copy.describe_field("types", "name", unit="")


@breaks("undescribed-field", "types", "name")
def column_without_description(copy):
    copy.describe_field("types", "name", description=" ")


@breaks("unknown-purpose", "prevalence", "chart")
def purpose_of_no_meaning(copy):
    copy.describe_field("prevalence", "chart", purpose="bookeeping")


@breaks("invented-example", "types", "name")
def example_of_no_row(copy):
    copy.describe_field("types", "name", example="Invented calcinosis")


@breaks("invented-example", "prevalence", "percent")
def example_number_of_no_row(copy):
    copy.describe_field("prevalence", "percent", example=12.3456789)


@breaks("unexplained-blank", "types", "onset_age")
def blanks_without_a_word(copy):
    copy.describe_field("types", "onset_age", description="Who is affected and when.")


@breaks("vocabulary-differs", "labs", "direction")
def vocabulary_without_enum(copy):
    copy.describe_field("labs", "direction", constraints={"required": True})


# --- cells


@breaks("unknown-category", "labs", "direction")
def category_of_no_vocabulary(copy):
    copy.change("labs", direction="raised")


@breaks("wrong-type", "prevalence", "n_total")
def number_with_separator(copy):
    copy.change("prevalence", n_total="5,218")


@breaks("wrong-type", "types", "in_source")
def boolean_in_words(copy):
    copy.change("types", in_source="yes")


@breaks("outer-space", "types", "name")
def space_at_the_end(copy):
    before = copy.change("types", name="")
    copy.change("types", name=before["name"] + " ")


@breaks("missing-word", "types", "name")
def word_for_missing(copy):
    copy.change("types", name="N/A")


@breaks("missing-word", "types", "name")
def python_for_missing(copy):
    copy.change("types", name="None")


@breaks("broken-pattern", "types", "type_id")
def id_that_is_no_slug(copy):
    copy.change("types", type_id="Type_1")


@breaks("out-of-range", "prevalence", "n_total")
def negative_count(copy):
    copy.change("prevalence", n_total="-1")


@breaks("missing-required", "types", "name")
def blank_name(copy):
    copy.change("types", name="")


# --- keys


@breaks("repeated-key", "types", "type_id")
def repeated_primary_key(copy):
    rows = copy.rows("types")
    copy.write("types", [rows[0], *rows])


@breaks("repeated-key", "types", "name")
def repeated_unique_value(copy):
    rows = copy.rows("types")
    rows[1]["name"] = rows[0]["name"]
    copy.write("types", rows)


@breaks("dangling-key", "labs", "analyte_id")
def analyte_that_is_not_there(copy):
    copy.change("labs", analyte_id="calciun")


@breaks("dangling-row", "citations", "row_id")
def citation_of_no_row(copy):
    copy.change("citations", row_id="no-such-row")


@breaks("dangling-row", "citations", "table")
def citation_of_no_table(copy):
    copy.change("citations", table="no_such_table")


@breaks("dangling-row", "codes", "row_id")
def code_of_no_row(copy):
    copy.change("codes", row_id="no-such-row")


@breaks("dangling-row", "source_items", "row_id")
def entry_that_became_no_row(copy):
    copy.change("source_items", row_id="no-such-row")


@breaks("dangling-condition", "item_conditions", "table")
def condition_on_no_table(copy):
    copy.change("item_conditions", table="no_such_table")


@breaks("dangling-condition", "item_conditions", "column")
def condition_on_no_column(copy):
    copy.change("item_conditions", column="no_such_column")


@breaks("dangling-option", "item_options", "row_id")
def option_of_no_row(copy):
    copy.change("item_options", lambda row: row["row_id"], row_id="no-such-row")


@breaks("unsourced-study", "prevalence", "ref_id")
def study_without_reference(copy):
    copy.change("prevalence", ref_id="")


@breaks("unsourced-study", "labs", "ref_id")
def sourced_value_without_reference(copy):
    copy.change("labs", lambda row: row["sourced"] == "true", ref_id="")


@breaks("uncited-entity", "types", "type_id")
def type_without_reference(copy):
    rows = copy.rows("citations")
    copy.write("citations", [row for row in rows if row["row_id"] != "dystrophic"])


@breaks("unseen-source", "prevalence", "ref_id")
def study_that_was_not_seen(copy):
    unseen = next(row["ref_id"] for row in copy.rows("references") if row["seen"] == "false")
    copy.change("prevalence", ref_id=unseen)


# --- figures


@breaks("part-above-whole", "prevalence", "n_with")
def more_patients_than_all(copy):
    copy.change("prevalence", counted, n_with="999999")


@breaks("part-above-whole", "outcomes", "n_complete")
def more_cured_than_improved(copy):
    copy.change("outcomes", n_improved="1", n_complete="2", n_treated="3")


@breaks("percent-outside", "prevalence", "percent")
def percent_above_hundred(copy):
    copy.change("prevalence", percent="100.1")


@breaks("percent-mismatch", "prevalence", "percent")
def percent_of_other_counts(copy):
    copy.change("prevalence", counted, n_with="1", n_total="4", percent="26.1", note="")


@breaks("low-above-high", "prevalence", "ci_low")
def interval_upside_down(copy):
    copy.change("prevalence", counted, ci_low="60", ci_high="40")


@breaks("estimate-outside", "prevalence", "percent")
def estimate_outside_interval(copy):
    copy.change("prevalence", counted, ci_low="98.5", ci_high="99.5")


def counted(row):
    return row["n_with"] and row["n_total"] and row["percent"] and row["ci_low"]
