"""Lexicon, wording and word lists: loaded, checked, and consistent with the forms."""

from __future__ import annotations

import shutil
import string
from pathlib import Path

import pytest

from assistant.answering.defaults import load_defaults
from assistant.answering.wording import load_wording
from assistant.lexicon import FOLDER, load_lexicon
from index.errors import LexiconError
from index.formats import load_forms
from index.words import load_names, load_phrases

DERIVED_ROWS = {"litigation"}
DERIVED_COLUMNS = {"organisations", "concluded"}


def test_every_row_of_the_forms_has_words_and_no_other() -> None:
    lexicon = load_lexicon()
    rows: dict[str, set[str]] = {"t2": set(), "t3": set(), "t4": set()}
    for form in load_forms():
        rows["t2"] |= {r.key for g in form.tables.t2.groups for r in g.rows}
        rows["t3"] |= {r.key for r in form.tables.t3.rows} - {"results"}
        rows["t4"] |= {b.key for b in form.tables.t4.blocks}
    for table, keys in rows.items():
        named = {p.key for p in lexicon.rows if p.kind == table}
        assert named - DERIVED_ROWS == keys


def test_every_column_of_the_forms_has_words_and_no_other() -> None:
    lexicon = load_lexicon()
    columns: dict[str, set[str]] = {"t2": set(), "t3": set(), "t4": set()}
    for form in load_forms():
        columns["t2"] |= {c.key for g in form.tables.t2.groups for c in g.columns}
        columns["t3"] |= {c.key for c in form.tables.t3.columns}
        columns["t4"] |= {o.key for o in form.tables.t4.outcomes}
    for table, keys in columns.items():
        named = {p.key for p in lexicon.columns if p.kind == table}
        assert named - DERIVED_COLUMNS == keys


def test_every_official_label_is_understood_as_its_own_row() -> None:
    from assistant.understanding.hearing import hear

    lexicon = load_lexicon()
    for form in load_forms():
        for row in form.tables.t3.rows:
            if row.cells is not True or row.key in ("other_other", "result_total"):
                continue  # 其他 and 总计 alone name no row
            heard = hear(row.label.split("（")[0], (), lexicon)
            assert row.key in {m.key for m in heard.rows}, row.label


def test_defaults_name_rows_and_columns_of_the_forms() -> None:
    groups = [g for form in load_forms() for g in form.tables.t2.groups]
    for row, columns in load_defaults().columns.t2.items():
        own = {c.key for g in groups if row in {r.key for r in g.rows} for c in g.columns}
        assert set(columns) <= own


def test_no_pattern_matches_nothing() -> None:
    lexicon = load_lexicon()
    for pattern in (*lexicon.rows, *lexicon.columns, *lexicon.operations, *lexicon.conditions):
        match = pattern.regex.search("")
        assert match is None, pattern.key


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rows/received.yaml", "t3:", "t9:"),
        ("rows/granted.yaml", '- "区分处理"', '- "(区分处理"'),
        ("rows/granted.yaml", '- "区分处理"', '- "{nothing}处理"'),
        ("hints.yaml", "points: [", "points: ['(', "),
        ("common.yaml", "vocabulary:", "vocabularies:"),
        ("operations.yaml", "chat:", "talk:"),
        ("places.yaml", "cities:", "- cities:"),
    ],
)
def test_a_bad_lexicon_file_is_named(tmp_path: Path, name: str, old: str, new: str) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LexiconError, match=Path(name).name):
        load_lexicon(tmp_path)


def test_wording_has_the_same_fields_in_both_languages_or_their_english_twins() -> None:
    for name, forms in load_wording().items():
        fields = {
            language: {f for _, f, _, _ in string.Formatter().parse(text) if f}
            for language, text in forms.items()
        }
        plain = {
            language: {f.removesuffix("_en") for f in found} for language, found in fields.items()
        }
        units = {"unit"} if name.startswith(("computed_", "growth_")) else set()
        assert plain["zh"] - units == plain["en"] - units or name == "computed_sum", name


def test_word_lists_load() -> None:
    assert "人民政府" in load_names().body_endings
    assert all(a != b for a, b in load_phrases())
