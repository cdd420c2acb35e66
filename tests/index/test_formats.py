"""Forms are data: the shipped ones hold together, bad ones are refused, new ones need no code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.checks import CHECKS
from index.errors import FormatError
from index.formats import FOLDER, Form, load_form, load_forms
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
    assert [(f.id, f.years) for f in forms] == [("2019", (2019, 2020)), ("2021", (2021, None))]
    assert [len([r for r in f.tables.t3.rows if r.cells is True]) for f in forms] == [23, 25]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_key_that_an_identity_names_exists(form: Form) -> None:
    keys = {
        "t3": ({r.key for r in form.tables.t3.rows}, {c.key for c in form.tables.t3.columns}),
        "t4": ({b.key for b in form.tables.t4.blocks}, {o.key for o in form.tables.t4.outcomes}),
    }
    for identity in form.identities:
        rows, columns = keys[identity.table]
        summed, scope = (rows, columns) if identity.over == "columns" else (columns, rows)
        assert set(identity.left) | set(identity.right) <= summed, identity.code
        assert set(identity.scope) <= scope, identity.code
        assert identity.over in CHECKS


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
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
    for term in (*t2, *t3.columns, *t3.rows, *t4.blocks, *t4.outcomes):
        assert term.label
        assert term.en
        assert term.label not in term.aliases
    assert form.source
    assert form.document.startswith("国办公开办函")


REFUSED = {
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
