"""What to do about pictures of text, by what this machine has. Gouji itself recognises none."""

from __future__ import annotations

from shutil import which

FIRST, COMMAND = "请先做文字识别 (run OCR first)", "ocrmypdf --force-ocr -l chi_sim 原文件 新文件"
INSTALL = "pip install 'gouji[ocr]'"


def ocr_advice() -> str:
    """How to put text under the pictures of a PDF: with what is installed, or what to install."""
    if which("ocrmypdf") is not None:
        return f"{FIRST}：本机已有 ocrmypdf (it is installed)，运行 {COMMAND}"
    if which("tesseract") is not None:
        return f"{FIRST}：本机已有 tesseract (it is installed)，再 {INSTALL}，运行 {COMMAND}"
    return f"{FIRST}：装好 tesseract（含 chi_sim），再 {INSTALL}，运行 {COMMAND}"
