"""Citations never invent an identifier and never show our own record."""

import pandas as pd
import pytest

from calcinosis_data import (
    UnknownReferenceError,
    UnknownRowError,
    UnknownTableError,
    cite,
    load_table,
    row_ids,
    sources,
    sources_of,
)
from calcinosis_data._citation import full, short
from calcinosis_data._descriptor import descriptor

REFERENCES = load_table("references")


def test_sources_are_the_references_with_their_citation():
    frame = sources()
    pd.testing.assert_frame_equal(frame.drop(columns="citation"), REFERENCES)
    assert frame["citation"].str.len().gt(0).all()


def test_the_address_of_the_copy_that_was_read_is_not_in_the_table():
    assert "url_seen" not in REFERENCES.columns


def test_changing_sources_never_changes_the_next():
    sources()["citation"].array[0] = "changed"
    assert "changed" not in sources()["citation"].tolist()


def test_every_full_citation_ends_in_its_link_or_says_none_was_found():
    for row in REFERENCES.itertuples():
        ending = "no identifier found" if pd.isna(row.link) else row.link
        assert cite(row.ref_id, style="full").endswith(f". {ending}")


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Arora P", "Arora 2021"),
        ("Bair B; Fivenson D", "Bair and Fivenson 2021"),
        ("Hofman KJ, Milne FJ, Schmidt C", "Hofman et al. 2021"),
        ("Castelo Branco LCM, Jiménez-Gallo D", "Castelo Branco and Jiménez-Gallo 2021"),
        ("Sutton W, et al.", "Sutton et al. 2021"),
        ("Papadopoulou et al", "Papadopoulou et al. 2021"),
        ("Nigwekar S.U.; Kroshinsky D; et al", "Nigwekar et al. 2021"),
        ("[authors not shown]", "“A title” 2021"),
        ("not shown on the page seen", "“A title” 2021"),
        ("", "“A title” 2021"),
    ],
)
def test_short_citations_name_up_to_two_authors(authors, expected):
    assert short({"authors": authors, "year": "2021", "title": "A title"}) == expected


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Bell DJ (last revision)", "Bell 2021"),
        ("Lal (first author, as listed in a review table)", "Lal 2021"),
        ("Parfitt (initials not shown)", "Parfitt 2021"),
        ("Kaur et al.; Phogat D (corresponding)", "Kaur et al. 2021"),
    ],
)
def test_remarks_on_authors_are_left_out_of_the_short_form(authors, expected):
    assert short({"authors": authors, "year": "2021", "title": "A title"}) == expected


def test_our_own_words_are_not_given_out_as_a_title():
    title = "[title not shown in the excerpt] review of calcium balance"
    words = short({"authors": "", "year": "2021", "title": title})
    assert words == "Untitled source (review of calcium balance) 2021"


def test_a_missing_year_is_said():
    assert short({"authors": "Arora P", "year": ""}) == "Arora, year not shown"


def test_a_long_title_is_cut_between_words():
    words = short({"authors": "", "year": "1978", "title": "calcinosis " * 20})
    assert words == "“calcinosis calcinosis calcinosis calcinosis calcinosis …” 1978"


def test_a_full_citation_has_no_doubled_full_stops():
    reference = {"authors": "Sutton W, et al.", "year": "2021", "title": "Done.", "journal": "J."}
    expected = "Sutton W, et al (2021). Done. J. no identifier found"
    assert full(reference) == expected


def test_an_unknown_reference_names_the_nearest():
    with pytest.raises(UnknownReferenceError, match="Did you mean 'reiter2011'"):
        cite("reiter2010")


def test_an_unknown_style_names_the_styles():
    with pytest.raises(ValueError, match="Styles: short, full"):
        cite("reiter2011", style="long")


def test_a_study_row_is_backed_by_its_own_reference():
    row = load_table("prevalence").iloc[0]
    assert sources_of("prevalence", row["prevalence_id"])["ref_id"].tolist()[0] == row["ref_id"]


def test_a_compound_key_is_joined_by_slashes():
    labs = load_table("labs").dropna(subset="ref_id").iloc[0]
    found = sources_of("labs", f"{labs['condition_id']}/{labs['analyte_id']}")
    assert labs["ref_id"] in found["ref_id"].tolist()


@pytest.mark.parametrize("name", ["causes", "labs", "citations"])
def test_row_ids_are_the_keys_that_sources_are_asked_for(name):
    ids, rows = row_ids(name), load_table(name)
    assert ids.index.equals(rows.index)
    assert ids.is_unique
    key = list(descriptor().table(name).primary_key)
    assert ids.tolist() == rows[key].astype("str").agg("/".join, axis=1).tolist()
    for row_id in ids.iloc[::50]:
        assert "citation" in sources_of(name, row_id)


def test_row_ids_of_an_unknown_table_name_the_nearest():
    with pytest.raises(UnknownTableError, match="Did you mean 'labs'"):
        row_ids("lab")


def test_citations_back_the_rows_that_they_name():
    for citation in load_table("citations").iloc[::25].itertuples():
        found = sources_of(citation.table, citation.row_id)["ref_id"]
        assert citation.ref_id in found.tolist()
        assert found.is_unique


def test_a_row_without_source_gives_an_empty_frame():
    labs = load_table("labs")
    cited = load_table("citations").query("table == 'labs'")["row_id"].tolist()
    row = next(
        f"{row.condition_id}/{row.analyte_id}"
        for row in labs[labs["ref_id"].isna()].itertuples()
        if f"{row.condition_id}/{row.analyte_id}" not in cited
    )
    found = sources_of("labs", row)
    assert found.empty
    assert set(found.columns) == set(sources().columns)


def test_an_indication_is_backed_by_the_references_of_its_treatment():
    for row in load_table("treatment_indications").iloc[::20].itertuples():
        found = sources_of("treatment_indications", f"{row.treatment_id}/{row.condition_id}")
        pd.testing.assert_frame_equal(found, sources_of("treatments", row.treatment_id))
        assert not found.empty


@pytest.mark.parametrize("name", ["conditions", "interventions", "codes"])
def test_a_row_outside_the_key_backs_nothing(name):
    keys = load_table(name)[descriptor().table(name).primary_key[0]]
    assert all(sources_of(name, key).empty for key in keys.iloc[::20])


def test_a_reference_is_its_own_source():
    assert sources_of("references", "reiter2011")["ref_id"].tolist() == ["reiter2011"]


def test_an_unknown_row_names_the_nearest():
    with pytest.raises(UnknownRowError, match=r"no row 'dystrofic'. Did you mean 'dystrophic'"):
        sources_of("types", "dystrofic")


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(UnknownTableError, match="Did you mean 'types'"):
        sources_of("type", "dystrophic")


@pytest.mark.parametrize("name", descriptor().table_names)
def test_every_table_can_be_asked_for_sources(name):
    key = list(descriptor().table(name).primary_key)
    row = load_table(name)[key].astype("str").iloc[0]
    assert "citation" in sources_of(name, "/".join(row)).columns
