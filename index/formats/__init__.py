"""The official forms as data, and the loader that refuses a bad file.

A form is one YAML file beside this module: sections, tables, rows, columns, aliases, units,
identities, English terms and their source. Adding a form or an alias needs no code: every
``*.yaml`` here (or in another folder given to `load_forms`) is read and checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from index.errors import FormatError
from index.formats.annex import Annex, AnnexRow
from index.formats.identity import Identity, key_of
from index.formats.model import Form, T2Group, T3Row
from index.formats.terms import Term, TreeRow

__all__ = [
    "Annex",
    "AnnexRow",
    "Form",
    "Identity",
    "T2Group",
    "T3Row",
    "Term",
    "TreeRow",
    "columns_of_t2_row",
    "form_named",
    "key_of",
    "load_form",
    "load_forms",
]

FOLDER = Path(__file__).parent


@cache
def load_forms(folder: Path = FOLDER) -> tuple[Form, ...]:
    """All forms of a folder, by the first year they apply to, then by id.

    Raises:
        FormatError: a file is malformed (with file and line), two files have one id, or the
            folder holds no form.
    """
    paths = sorted(folder.glob("*.yaml"))
    forms = [load_form(path) for path in paths]
    if not forms:
        raise FormatError(
            "没有找到任何表式文件 (no form file found).",
            place=str(folder),
            advice="请恢复随程序提供的 YAML 文件 (restore the YAML files).",
        )
    seen: dict[str, str] = {}
    for path, form in zip(paths, forms, strict=True):
        if form.id in seen:
            raise FormatError(
                f"表式编号 {form.id} 重复，{seen[form.id]} 已使用 (id used twice).", place=path.name
            )
        seen[form.id] = path.name
    return tuple(sorted(forms, key=lambda f: (f.years[0], f.id)))


def form_named(form_id: str | None) -> Form | None:
    """The shipped form with an id, None where there is none."""
    return next((form for form in load_forms() if form.id == form_id), None)


def columns_of_t2_row(row: str) -> frozenset[str]:
    """Columns that any form prints for a row of table two."""
    groups = [g for form in load_forms() for g in form.tables.t2.groups]
    return frozenset(c.key for g in groups if row in {r.key for r in g.rows} for c in g.columns)


def load_form(path: Path) -> Form:
    """Read and check one form file.

    Raises:
        FormatError: not YAML, an unknown or missing key, a duplicate key, or an identity that
            names a row or column the form does not have. ``place`` is ``file:line``.
    """
    try:
        text = path.read_text("utf-8")
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise FormatError(
            f"不是有效的 YAML (not YAML): {error.problem}", place=f"{path.name}:{line}"
        ) from error
    except yaml.YAMLError as error:
        raise FormatError(f"不是有效的 YAML (not YAML): {error}", place=f"{path.name}:1") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"无法读取 (cannot be read): {error}", place=path.name) from error
    duplicate = _duplicate_key(node)
    if duplicate is not None:
        raise FormatError(
            f"键 {duplicate.value!r} 重复 (key given twice).",
            place=f"{path.name}:{duplicate.start_mark.line + 1}",
        )
    try:
        data = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, TypeError) as error:
        raise FormatError(f"不是有效的 YAML (not YAML): {error}", place=f"{path.name}:1") from error
    try:
        return Form.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        line = _line_of(node, first["loc"]) if first["loc"] else _line_naming(text, first["msg"])
        where = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise FormatError(
            f"{where}: {first['msg']}",
            place=f"{path.name}:{line}",
            advice="请对照 docs/formats.md 修改 (see docs/formats.md).",
        ) from error


def _line_of(node: Any, loc: Iterable[int | str]) -> int:
    """Line (from 1) of the deepest node on the way to ``loc``."""
    line = node.start_mark.line if node is not None else 0
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line
    return line + 1


def _line_naming(text: str, message: str) -> int:
    """Line (from 1) of the last place that holds the name a message quotes; 1 if none does."""
    lines = text.splitlines()
    for name in reversed(re.findall(r"'([^']+)'", message)):
        for pattern in (
            rf"\b(?:key|parent|code):\s*\"?{re.escape(name)}\b",
            rf"\b{re.escape(name)}\b",
        ):
            found = [n for n, line in enumerate(lines, 1) if re.search(pattern, line)]
            if found:
                return found[-1]
    return 1


def _duplicate_key(node: Any) -> Any:
    """The first mapping key that occurs twice, None where there is none."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                return key
            seen.add(name)
            found = _duplicate_key(value)
            if found is not None:
                return found
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            found = _duplicate_key(item)
            if found is not None:
                return found
    return None
