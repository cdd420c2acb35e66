"""What the words of rich text stand for: encodings, signs, and groups that are not printed."""

from __future__ import annotations

CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}
CHARSETS = {134: "gb18030", 136: "big5hkscs"}
LATIN = "cp1252"
_UNPRINTED = (
    "fonttbl colortbl stylesheet info pict object header headerf headerl headerr footer footerf "
    "footerl footerr listtable listoverridetable fldinst bkmkstart bkmkend annotation themedata "
    "datastore xmlnstbl latentstyles generator nonshppict ftnsep ftnsepc aftnsep aftnsepc"
)
UNPRINTED = frozenset(_UNPRINTED.split())
SIGNS = {
    **dict.fromkeys(("par", "sect", "page", "line", "nestcell", "nestrow"), "\n"),
    "tab": "\t", "emdash": "\u2014", "endash": "\u2013", "bullet": "\u2022", "lquote": "\u2018",
    "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
}  # fmt: skip
SYMBOLS = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
