"""A folder to audit: the sample reports, one that is hostile, one that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner

from assistant.audit.audit import Audit, audit
from assistant.cli import main
from index.sources import find_sources

EXAMPLES = Path(__file__).parents[2] / "examples"
COLUMNS = 7
"""Columns of table three; the last is the total."""
HOSTILE = "<script>alert(1)</script>\"&'{{ 7 * 7 }}"


def audited(*paths: Path) -> Audit:
    """What the command makes of some paths."""
    return audit(find_sources(paths), watch=lambda steps: steps)


def check(*arguments: str | Path, stdin: bytes | None = None) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of ``gouji check``."""
    result = CliRunner().invoke(main, ["check", *map(str, arguments)], input=stdin)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def write_broken(folder: Path, name: str = "a.txt", sentence: str = "") -> Path:
    """A sample report, its total of 不掌握 one too high, with a sentence more in section one."""
    lines = (EXAMPLES / "yunxiu-2021.txt").read_text("utf-8").splitlines()
    total = lines.index("1.本机关不掌握相关政府信息") + COLUMNS
    lines[total] = str(int(lines[total]) + 1)
    heading = lines.index("二、主动公开政府信息情况")
    path = folder / name
    path.write_text("\n".join([*lines[:heading], sentence, *lines[heading:]]), "utf-8")
    return path


def names(paths: Sequence[Path]) -> list[str]:
    """Names of files, in order."""
    return sorted(path.name for path in paths)
