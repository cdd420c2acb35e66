"""Word and Excel packages (``.docx``, ``.xlsx``): their parts, bounded, without harm.

XML with a document type is refused, so that no entity expands.
"""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from index.read.refusals import damaged, refuse, too_large
from index.read.zipped import inflate, open_zip

MOST_TAGS, DEEPEST = 1_000_000, 200
"""Angle brackets and nesting in an XML part; a long report has 50,000 and 40."""
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|\w+/main)")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Office:
    """A ``.docx`` or ``.xlsx`` held in memory: its parts by name, each bounded.

    ``main`` is the name of the part that holds the document, "" where there is none.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        """Open the package.

        Raises:
            UnreadableFile: damaged, or no package at all.
        """
        self.place = str(path)
        self._zip = open_zip(BytesIO(data), self.place)
        # Names are compared without case; some writers separate them by backslashes.
        self._parts = {i.filename.replace("\\", "/").lower(): i for i in self._zip.infolist()}
        targets = self.related("").values()
        self.main = next((t for kind, t in targets if kind == "officeDocument"), "")

    def part(self, name: str) -> bytes | None:
        """Content of an XML part, None where there is none; Strict names made Transitional."""
        info = self._parts.get(name.lower())
        if info is None:
            return None
        data = inflate(self._zip, info, self.place)
        marks = ("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
        if any(mark in data for mark in marks):
            reason = "内部 XML 含有实体定义 (its XML declares entities)."
            raise refuse(self.place, reason, "请在 Word 或 WPS 中另存一次 (save it anew).")
        if b"http://purl.oclc.org/ooxml/" in data:
            data = STRICT.sub(_transitional, data)
        return data

    def tree(self, name: str) -> ET.Element | None:
        """An XML part as a tree of bounded size and depth, None where there is none."""
        data = self.part(name)
        if data is None:
            return None
        if data.count(b"<") > MOST_TAGS:
            raise too_large(self.place, name)
        try:
            root = ET.fromstring(data)  # noqa: S314 - bounded, and no document type
        except (ET.ParseError, ValueError, LookupError) as error:
            raise damaged(self.place) from error
        level, depth = [root], 0
        while level:
            level, depth = [child for element in level for child in element], depth + 1
        if depth > DEEPEST:
            raise too_large(self.place, f"{name} 嵌套 {depth} 层")
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Kind and name of the parts that a part refers to, by id; "" is the package."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for relation in root.iter(RELATION) if root is not None else ():
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = kind, target.lstrip("/")
        return found


def _transitional(match: re.Match[bytes]) -> bytes:
    name = match[1].replace(b"/main", b"/2006/main").replace(b"Document", b"Document/2006")
    return b"http://schemas.openxmlformats.org/" + name
