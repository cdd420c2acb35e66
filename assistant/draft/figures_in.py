"""The clerk's figures from a file: the filled-in sheet (XLSX), or CSV or JSON by address.

A file that names another body, year or form than the draft's gives no figure at all.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from assistant.draft.entries import NAMES, Entry, Figures, Filled, Raw, settle
from assistant.draft.layout import value_spots
from assistant.draft.model import Problem
from index.across.series import body_key
from index.errors import InputError, UnreadableFile
from index.formats import Form
from index.read.text import decode
from index.script import fold

SUFFIXES = (".xlsx", ".csv", ".json")
WORDS = {"body": "单位", "year": "年度", "form": "表式"}
SAID = {"是": True, "true": True, "否": False, "false": False, "": False}
"""Whether a file says that its empty cells are 0."""
HEAD = frozenset({"address", "地址"})


def read_figures(path: Path, body: str, year: int, form: Form) -> Figures:
    """The figures of a file for a draft.

    Raises:
        InputError: of a kind that is not read.
        UnreadableFile: missing, damaged, or not what its suffix says.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"不能从“{suffix or '无后缀'}”文件读取填报数据 (unknown kind of figures).",
            place=str(path),
            advice="请用填报表 .xlsx，或按地址的 .csv、.json (use .xlsx, .csv or .json).",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(f"无法读取 (cannot be read): {reason}.", place=str(path)) from error
    filled = _read(data, path, suffix, form)
    wanted = {"body": body, "year": str(year), "form": form.id}
    needed = wanted if suffix == ".xlsx" else {}  # the sheet is written with all of them
    foreign = (*_unsaid(filled.meant, needed, path), *_foreign(filled.meant, wanted, path))
    if foreign:
        return Figures(problems=foreign)
    spots = value_spots(form)
    figures = settle(filled.entries, spots)
    zeros, unclear = _zeros(filled.meant, path)
    # a list by address leaves cells empty by not naming them, a sheet only where it shows them
    seen: Collection[str] = spots if suffix == ".xlsx" else {e.address for e in filled.entries}
    return Figures(
        values=figures.values,
        problems=(*filled.problems, *figures.problems, *unclear),
        empty=figures.empty | (spots.keys() - seen),
        zeros=zeros,
    )


def _zeros(meant: Mapping[str, str], path: Path) -> tuple[bool, tuple[Problem, ...]]:
    """Whether the file says that empty cells are 0; what is neither yes nor no is told."""
    said = meant.get("zeros", "").strip()
    if said.lower() in SAID:
        return SAID[said.lower()], ()
    what = f"“空白格按 0 填报”填了“{said}”，空白格仍然待填。"
    return False, (Problem(place=path.name, what=what, next="请填 是 或 否 (yes or no)。"),)


def _read(data: bytes, path: Path, suffix: str, form: Form) -> Filled:
    if suffix == ".xlsx":
        from assistant.draft.sheet_in import read_sheet

        return read_sheet(data, path, form)
    text = decode(data, str(path))[1]
    return _from_csv(text, path) if suffix == ".csv" else _from_json(text, path)


def _unsaid(meant: Mapping[str, str], needed: Iterable[str], path: Path) -> Iterator[Problem]:
    """What the file no longer says, so that nobody knows which report it is for."""
    for name in needed:
        if name not in meant:
            what = f"没有写明{WORDS[name]}，不知是否本稿的数据；其中的数一律不采用。"
            advice = "请在首页补上，或重新生成填报表 (say what it is for)。"
            yield Problem(place=path.name, what=what, next=advice)


def _foreign(meant: Mapping[str, str], wanted: Mapping[str, str], path: Path) -> Iterator[Problem]:
    """What says that the file is for another report."""
    for name, value in wanted.items():
        if name in meant and not _same(name, meant[name], value):
            said = f"是{WORDS[name]}“{meant[name]}”的填报数据"
            what = f"{said}，本稿是“{value}”；其中的数一律不采用。"
            advice = "请换成本单位本年度的填报表 (figures of another report)。"
            yield Problem(place=path.name, what=what, next=advice)


def _same(name: str, said: str, wanted: str) -> bool:
    if name == "body":
        return body_key(said) == body_key(wanted)
    return "".join(fold(said).text.split()).removesuffix("年") == wanted


def _from_csv(text: str, path: Path) -> Filled:
    """Lines ``address,value``; lines ``body,…``, ``year,…``, ``form,…`` say what it is for."""
    filled = Filled()
    try:
        for cells in (reader := csv.reader(io.StringIO(text))):
            key, raw = (cell.strip() for cell in (*cells, "", "")[:2])
            if key in NAMES:
                filled.meant[NAMES[key]] = raw
            elif key and key.lower() not in HEAD:
                place = f"{path.name} 第{reader.line_num}行"
                filled.entries.append(Entry(key, raw, place))
    except csv.Error as error:
        raise UnreadableFile(f"不是有效的 CSV (not CSV): {error}.", place=str(path)) from error
    return filled


def _from_json(text: str, path: Path) -> Filled:
    """``{"body", "year", "form", "figures": {address: value}}``, all but the figures optional."""
    try:
        data = json.loads(text, parse_float=Decimal, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"不是有效的 JSON (not JSON): {error}.", place=str(path)) from error
    top = dict(data) if isinstance(data, _Pairs) else {}
    figures = top.get("figures")
    if not isinstance(figures, _Pairs):
        raise UnreadableFile(
            "缺少 figures (it has no figures).",
            place=str(path),
            advice='应为 {"body": …, "year": …, "figures": {"t3.new.total": 5, …}}。',
        )
    filled = Filled({NAMES[key]: str(top[key]) for key in NAMES if key in top})
    for key, value in figures:
        place = f"{path.name} {key}"
        if value is None or isinstance(value, int | Decimal | str):
            raw: Raw = value if not isinstance(value, bool) else str(value)
            filled.entries.append(Entry(key, raw, place))
        else:
            filled.problems.append(
                Problem(
                    place=place,
                    what="不是一个数。",
                    next="请填数字 (give a number)。",
                    address=key,
                )
            )
    return filled


class _Pairs(list[tuple[str, object]]):
    """An object of JSON with every pair it was written with: a key may come twice."""
