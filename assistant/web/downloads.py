"""The outputs of a check as files for the browser: made when asked for, never left on disk."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.audit.audit import Audit
from assistant.audit.letters import save_letters
from assistant.audit.page import render_page
from assistant.audit.workbook import save_workbook

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(audit: Audit) -> bytes:
    """The findings as a workbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "findings.xlsx"
        save_workbook(audit, path)
        return path.read_bytes()


def web_page(audit: Audit) -> bytes:
    """The findings as one page."""
    return "".join(render_page(audit)).encode()


def letters(audit: Audit) -> bytes:
    """The notes to the bodies, in an archive."""
    packed = io.BytesIO()
    with TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        save_letters(audit, Path(folder), force=True)
        for path in sorted(Path(folder).iterdir()):
            out.write(path, path.name)
    return packed.getvalue()


FILES: Mapping[str, tuple[str, str, Callable[[Audit], bytes]]] = {
    "workbook": ("核查问题清单.xlsx", SPREADSHEET, workbook),
    "page": ("核查结果.html", "text/html", web_page),
    "notes": ("核实通知.zip", "application/zip", letters),
}
"""What can be downloaded: the file's name, its type, and what makes it."""


def for_browser(kind: str, audit: Audit) -> str:
    """A file as JSON that a script of the page saves: name, type, content in base64."""
    name, media, make = FILES[kind]
    data = base64.b64encode(make(audit)).decode()
    return json.dumps({"name": name, "type": media, "data": data})
