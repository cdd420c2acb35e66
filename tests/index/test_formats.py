"""Forms are data: the shipped ones hold together, bad ones are refused, new ones need no code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.applied import OVER
from index.errors import FormatError
from index.formats import FOLDER, Form, load_form, load_forms
from index.report import Strength
from tests.index.helpers import FORMS, balanced, figures, lines, table_three, tables

SOURCE = (FOLDER / "2021.yaml").read_text("utf-8")


def changed(tmp_path: Path, old: str, new: str, name: str = "f.yaml") -> Path:
    """A copy of the 2021 form with the first ``old`` replaced."""
    assert old in SOURCE
    path = tmp_path / name
    path.write_text(SOURCE.replace(old, new, 1), "utf-8")
    return path


def line_of(text: str) -> int:
    """Line (from 1) on which a text first stands in the 2021 form."""
    return SOURCE[: SOURCE.index(text)].count("\n") + 1


def test_the_shipped_forms_in_the_order_of_their_years() -> None:
    forms = load_forms()
    assert [(f.id, f.years) for f in forms] == [
        ("2014", (2014, 2018)),
        ("2014-fujian", (2014, 2018)),
        ("2019", (2019, 2020)),
        ("2021", (2021, None)),
    ]
    rows = [
        [r for r in (*f.tables.t3.rows, *f.annex_rows.values()) if r.cells is True] for f in forms
    ]
    assert [len(found) for found in rows] == [58, 15, 23, 25]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_key_that_an_identity_names_exists(form: Form) -> None:
    annexed = form.annex.columns if form.annex is not None else ()
    groups = form.tables.t2.groups
    keys = {
        "t2": ({r.key for g in groups for r in g.rows}, {c.key for g in groups for c in g.columns}),
        "t3": ({r.key for r in form.tables.t3.rows}, {c.key for c in form.tables.t3.columns}),
        "t4": ({b.key for b in form.tables.t4.blocks}, {o.key for o in form.tables.t4.outcomes}),
        "annex": (set(form.annex_rows), {c.key for c in annexed}),
    }
    for identity in (*form.identities, *form.across):
        rows, columns = keys[identity.table]
        summed, scope = (rows, columns) if identity.over == "columns" else (columns, rows)
        named = {key.removeprefix("last.") for key in (*identity.left, *identity.right)}
        assert named <= summed, identity.code
        assert set(identity.scope) <= scope, identity.code
        assert identity.over in OVER


STATUTORY = {key: form for key, form in FORMS.items() if form.annex is None}
ANNEXED = {key: form for key, form in FORMS.items() if form.annex is not None}


@pytest.mark.parametrize("form", STATUTORY.values(), ids=STATUTORY)
def test_identities_across_years_name_both_years(form: Form) -> None:
    assert form.across
    for identity in form.across:
        keys = (*identity.left, *identity.right)
        assert any(key.startswith("last.") for key in keys), identity.code
        assert not identity.left[0].startswith("last.")  # the finding is this year's
        assert identity.strength is not Strength.HARD
        assert identity.scope


@pytest.mark.parametrize("form", STATUTORY.values(), ids=STATUTORY)
def test_the_sum_of_table_three_takes_every_outcome_row(form: Form) -> None:
    outcomes = [r for r in form.tables.t3.rows if r.parent is not None and r.cells is True]
    sums = form.identity("T3-SUM")
    assert sums is not None
    assert sums.left == ("result_total",)
    assert sums.right == tuple(r.key for r in outcomes if r.key != "result_total")
    row = form.identity("T3-ROW")
    assert row is not None
    assert row.right == tuple(c.key for c in form.tables.t3.columns[:-1])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_labels_and_english_are_there_and_told_apart(form: Form) -> None:
    t2 = [t for g in form.tables.t2.groups for t in (*g.columns, *g.rows)]
    t3, t4 = form.tables.t3, form.tables.t4
    annexed = (*form.annex.rows, *form.annex.columns) if form.annex is not None else ()
    for term in (*t2, *t3.columns, *t3.rows, *t4.blocks, *t4.outcomes, *annexed):
        assert term.label
        assert term.en
        assert term.label not in term.aliases
    assert form.source
    assert "〔20" in form.document


@pytest.mark.parametrize("form", ANNEXED.values(), ids=ANNEXED)
def test_an_annexed_table_says_of_each_row_what_it_needs(form: Form) -> None:
    assert form.annex is not None
    units = {row.unit for row in form.annex.rows if row.cells}
    assert None not in units
    assert units <= {"条", "件", "次", "篇", "个", "人", "人次", "万元"}
    labels = [row.label for row in form.annex.rows]
    for row in form.annex.rows:
        if labels.count(row.label) > 1:  # then its head tells which it is
            assert row.parent is not None
    for pair in form.annex.comparable:
        assert all(pair.t3 in other.t3_rows for other in STATUTORY.values())


@pytest.mark.parametrize("form", ANNEXED.values(), ids=ANNEXED)
def test_a_part_is_no_operand_of_a_hard_sum(form: Form) -> None:
    parts = {row.key for row in form.annex_rows.values() if row.part}
    for identity in form.identities:
        if identity.over == "columns" and identity.strength == "hard":
            assert not parts & {*identity.left, *identity.right}, identity.code


REFUSED = {
    "last year's key in an identity of one report": (
        "left: [in_force, repealed]\n    right: [issued]",
        "left: [in_force, repealed]\n    right: [last.issued]",
        r"identity T2-VALID-LB names a key of last year's report",
    ),
    "identity across years of an unknown column": (
        "right: [last.in_force, issued]",
        "right: [last.in_forse, issued]",
        r"identity X-T2-VALID names unknown 'last\.in_forse'",
    ),
    "unknown key": ("issuer: ", "isuer: ", r"f\.yaml:\d+: issuer: Field required"),
    "unknown key in a column": (
        "{key: issued, label:",
        "{key: issued, lable: x, label:",
        rf"f\.yaml:{line_of('{key: issued, label:')}: .*\.lable: Extra inputs are not permitted",
    ),
    "missing key": ("name_en:", "# name_en:", r"f\.yaml:\d+: name_en: Field required"),
    "missing key in a row": (
        '        number: "一、"\n',
        "",
        rf"f\.yaml:{line_of('- key: new')}: tables\.t3\.rows\.0\.number: Field required",
    ),
    "key given twice": (
        "issued: ",
        "id: x\nissued: ",
        rf"f\.yaml:{line_of('issued: ')}: 键 'id' 重复",
    ),
    "row key given twice": (
        "- key: partial",
        "- key: granted",
        "t3.rows: key 'granted' occurs twice",
    ),
    "identity code given twice": ("code: T3-SUM", "code: T3-BAL", "key 'T3-BAL' occurs twice"),
    "identity of an unknown row": (
        "left: [new, carried_in]",
        "left: [new, carried_im]",
        r"f\.yaml:\d+: .*identity T3-BAL names unknown 'carried_im'",
    ),
    "identity of an unknown column": (
        "left: [total]",
        "left: [totaal]",
        "identity T3-ROW names unknown 'totaal'",
    ),
    "identity with one side": (
        "left: [new, carried_in]",
        "left: []",
        "identity T3-BAL needs both left and right",
    ),
    "identity with an unknown scope": (
        "scope: [review]",
        "scope: [reviev]",
        "identity T4-SUM-REVIEW has unknown scope 'reviev'",
    ),
    "unknown parent": ("parent: denied", "parent: denyed", "has unknown parent 'denyed'"),
    "a table is missing": (
        "  t4:\n",
        "  t4x:\n",
        r"f\.yaml:\d+: tables\.t4x: Extra inputs",
    ),
    "unknown strength": (
        "strength: hard",
        "strength: harder",
        rf"f\.yaml:{line_of('strength: hard')}: identities\.0\.strength: Input should be 'hard'",
    ),
    "unknown kind": (
        "kind: money",
        "kind: monney",
        rf"f\.yaml:{line_of('kind: money')}: .*\.kind: Input should be 'count'",
    ),
    "section out of range": (
        "number: 6",
        "number: 9",
        rf"f\.yaml:{line_of('number: 6')}: sections\.5\.number: Input should be less than",
    ),
    "not YAML": ("sections:", "sections: [", r"f\.yaml:\d+: 不是有效的 YAML"),
    "tab for spaces": (
        "  - number: 1",
        "\t- number: 1",
        rf"f\.yaml:{line_of('  - number: 1')}: 不是有效的 YAML",
    ),
}


REFUSED_ANNEX = {
    "annex beside the three tables": (
        "  annex:\n",
        "  t2: {section: 2, header: x, groups: []}\n  annex:\n",
        r"2014\.yaml:\d+: tables: .*a form has t2, t3 and t4, or else an annex",
    ),
    "no table at all": ("  annex:\n", "  annexe:\n", r"2014\.yaml:\d+: tables\.annexe: Extra"),
    "row without a mark": (
        ', mark: R, en: "Requests received"',
        ', en: "Requests received"',
        r"2014\.yaml:\d+: tables\.annex\.rows\.\d+\.mark: Field required",
    ),
    "row above its parent": (
        "parent: published, part",
        "parent: trained, part",
        r"2014\.yaml:\d+: .*row 'published_normative' stands above its parent 'trained'",
    ),
    "row key given twice": (
        "key: requests_fax",
        "key: requests_letter",
        r"annex\.rows: key 'requests_letter' occurs twice",
    ),
    "counterpart of an unknown row": (
        "row: reply_granted, t3",
        "row: reply_grantet, t3",
        r"2014\.yaml:\d+: .*comparable names unknown row 'reply_grantet'",
    ),
    "identity of an unknown row": (
        "right: [closed_on_time, closed_extended]",
        "right: [closed_on_time, closed_late]",
        r"2014\.yaml:\d+: .*identity A-CLOSED names unknown 'closed_late'",
    ),
    "unknown relation": (
        "relation: at_least",
        "relation: at_most",
        r"2014\.yaml:\d+: identities\.\d+\.relation: Input should be 'equal' or 'at_least'",
    ),
}


@pytest.mark.parametrize("name", REFUSED_ANNEX)
def test_a_bad_annex_is_refused_with_file_line_and_reason(tmp_path: Path, name: str) -> None:
    old, new, reason = REFUSED_ANNEX[name]
    source = (FOLDER / "2014.yaml").read_text("utf-8")
    assert old in source
    path = tmp_path / "2014.yaml"
    path.write_text(source.replace(old, new, 1), "utf-8")
    with pytest.raises(FormatError) as caught:
        load_form(path)
    assert re.search(reason, str(caught.value)), caught.value


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_form_is_refused_with_file_line_and_reason(tmp_path: Path, name: str) -> None:
    old, new, reason = REFUSED[name]
    with pytest.raises(FormatError) as caught:
        load_form(changed(tmp_path, old, new))
    assert re.search(reason, str(caught.value))
    assert re.fullmatch(r"f\.yaml:\d+", caught.value.place)


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "hello\n"])
def test_a_file_that_is_no_form_at_all(tmp_path: Path, text: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=r"f\.yaml:1: \(whole file\): Input should be a valid"):
        load_form(path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.yaml: 无法读取"):
        load_form(tmp_path / "none.yaml")
    path = tmp_path / "gb.yaml"
    path.write_bytes(SOURCE.encode("gb18030"))
    with pytest.raises(FormatError, match=r"gb\.yaml: 无法读取"):
        load_form(path)


def test_two_files_of_one_id_and_a_folder_without_forms(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no form file found"):
        load_forms(tmp_path)
    for name in ("a.yaml", "b.yaml"):
        changed(tmp_path, "issued", "issued", name)
    with pytest.raises(FormatError, match="2021 重复"):
        load_forms(tmp_path)


def test_a_new_alias_is_read_without_code(tmp_path: Path) -> None:
    text = lines(table_three(balanced(), labels={"granted": "（一）全部公开"}))
    assert "granted" not in tables(text).t3
    path = changed(
        tmp_path, 'label: "予以公开"', 'label: "予以公开"\n        aliases: ["全部公开"]'
    )
    raw = tables(text, load_form(path))
    assert [s.text for s in raw.t3["granted"].slots] == ["3", "1", "0", "0", "1", "0", "5"]
    assert figures(raw)["t3.granted.total"].status == "verified"


def test_a_new_form_is_read_without_code(tmp_path: Path) -> None:
    row = (
        '      - key: denied_ai\n        number: "9."\n        label: "属于算法过程信息"\n'
        '        en: "Algorithmic process"\n        parent: denied\n        cells: true\n'
        "      - key: unable\n"
    )
    text = (
        SOURCE.replace("      - key: unable\n", row, 1)
        .replace("denied_query, unable_not_held", "denied_query, denied_ai, unable_not_held")
        .replace('id: "2021"', 'id: "2031"')
        .replace("years: [2021, null]", "years: [2031, null]")
    )
    (tmp_path / "2031.yaml").write_text(text, "utf-8")
    (form,) = load_forms(tmp_path)
    cells = balanced(form, denied_query="1 0 0 0 0 0 1", denied_ai="1 0 0 0 0 0 1")
    read = figures(tables(lines(table_three(cells, form)), form))
    assert len(read) == 26 * 7
    assert read["t3.denied_ai.total"].value == 1
    assert {f.status.value for f in read.values()} == {"verified"}
    assert "T3-SUM@total" in read["t3.denied_ai.total"].checks


def test_a_head_carries_the_figures_of_its_sub_rows_where_it_stands_alone() -> None:
    form = FORMS["2021"]
    first, *others = form.t3_children["other"]
    assert form.carrier(first, {"other"}) == "other"
    assert form.carrier(first, {"other", others[0]}) == first
    assert form.carrier(first, {first}) == form.carrier(first, set()) == first
    assert form.carrier("new", {"other"}) == "new"
