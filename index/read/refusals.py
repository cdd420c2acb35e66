"""The errors of files that are not read: where, why, and what to do."""

from __future__ import annotations

from index.errors import UnreadableFile


def refuse(place: str, reason: str, advice: str) -> UnreadableFile:
    """The error for a file that is not read: where, why, and what to do."""
    return UnreadableFile(reason, place=place, advice=advice)


def damaged(place: str) -> UnreadableFile:
    """The error for a file that is cut off or inconsistent."""
    return refuse(place, "文件损坏或不完整 (damaged or cut off).", "请重新下载 (fetch it again).")


def empty(place: str) -> UnreadableFile:
    """The error for a file with nothing in it."""
    return refuse(place, "文件是空的 (the file is empty).", "请重新下载 (fetch it again).")


def too_large(place: str, what: str) -> UnreadableFile:
    """The error for a file whose content passes a limit; ``what`` names it."""
    return refuse(place, f"内容过大：{what} (too large).", "请拆分或精简 (split it or reduce it).")
