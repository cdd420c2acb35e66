"""Files of a draft: which suffix is written how, and each written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from assistant.draft.docx_out import write_docx
from assistant.draft.html_out import write_html
from assistant.draft.json_out import write_json
from assistant.draft.markdown_out import write_markdown
from assistant.draft.model import Draft
from assistant.draft.sheet_out import write_sheet
from assistant.outputs import check_apart, check_suffix, whole
from index.errors import InputError

WRITERS: dict[str, Callable[[Draft], bytes]] = {
    ".docx": write_docx,
    ".html": write_html,
    ".htm": write_html,
    ".md": write_markdown,
    ".json": write_json,
}
"""How a report is written, by the suffix of its file."""
SHEET = ".xlsx"


def check_targets(
    reports: tuple[Path, ...], sheet: Path | None, figures: Path | None = None, *, force: bool
) -> None:
    """Refuse, before anything is done, files that could not be written or would be lost.

    Raises:
        InputError: a suffix that is not written, a folder that is not there, the same file twice,
            the clerk's figures, a folder, or a file that exists (unless ``force``).
    """
    for path in reports:
        check_suffix(path, WRITERS, "报告")
    if sheet is not None:
        check_suffix(sheet, (SHEET,), "填报表")
    targets = [*reports, *([sheet] if sheet is not None else [])]
    check_apart(targets, [figures] if figures is not None else [])
    for path in targets:
        if path.is_dir():
            raise _refused(path, "是文件夹 (it is a folder)", "请给出文件名 (name a file).")
        if not path.absolute().parent.is_dir():
            raise _refused(path, "所在文件夹不存在 (no such folder)", "请先建立 (make it first).")
        if path.exists() and not force:
            advice = "请换个文件名，或用 --force 覆盖 (choose another name or --force)."
            raise _refused(path, "文件已存在 (it exists)", advice)


def _refused(path: Path, what: str, advice: str) -> InputError:
    return InputError(f"{what}.", place=str(path), advice=advice)


def render(draft: Draft, reports: tuple[Path, ...], sheet: Path | None) -> dict[Path, bytes]:
    """The contents of all files of a draft."""
    contents = {path: WRITERS[path.suffix.lower()](draft) for path in reports}
    return contents if sheet is None else {**contents, sheet: write_sheet(draft)}


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write all files, or none of them.

    Raises:
        OutputError: one cannot be written; what was there before is still there.
    """
    with ExitStack() as written:
        for path, data in contents.items():
            written.enter_context(whole(path)).write_bytes(data)
