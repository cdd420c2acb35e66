"""The documents say what the code does: commands, options, check codes, settings, words, links.

Every test holds both ways where it can: what exists is described, and what is described exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import pytest

from assistant.answer import Kind, Reason
from assistant.cli import main
from assistant.settings import Settings
from index.formats import load_forms
from index.report import Status, Strength
from index.words.checks import all_claims

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*READMES, *DOCS]
LONGEST_README = 150

CODE = re.compile(r"\b[ADFPSTX][0-9]?(?:-[A-Z][A-Z0-9_]*)+\b")
"""A check code: T3-BAL, T4-SUM-LIT_DIRECT, A-REQUESTS, P-SHARE, D-FEE-T3, X-T3-CARRY."""
SETTING = re.compile(r"\bGOUJI_[A-Z][A-Z_]*[A-Z]\b")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
MODULE = re.compile(r"(?<![\w./*{-])[\w./-]+\.py\b")
"""A module by its path, or by its name where the text says the folder: `index/cells/sums.py`."""
HEADING = re.compile(r"^(#+)\s+(.*)$")
NOT_SETTINGS = {"GOUJI_SHARED"}
"""Read by the tests and benchmarks only; described in docs/development.md all the same."""


def commands(group: click.Group, path: str = "gouji") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, sub-groups and what they hold included."""
    for name, command in sorted(group.commands.items()):
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def options(command: click.Command) -> dict[str, str]:
    """Long option names of a command (of an argument: none) and their help."""
    return {
        name: parameter.help or ""
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--")
    }


def sections(text: str) -> Iterator[tuple[str, str]]:
    """(heading, its text up to the next heading that is not below it)."""
    lines = text.splitlines()
    fenced = False
    marks: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines):
        fenced ^= line.startswith("```")
        if not fenced and (found := HEADING.match(line)):
            marks.append((number, len(found[1]), found[2].replace("`", "")))
    for index, (start, level, title) in enumerate(marks):
        end = next((n for n, other, _ in marks[index + 1 :] if other <= level), len(lines))
        yield title, "\n".join(lines[start + 1 : end])


def code_of(text: str) -> list[str]:
    """Lines of fenced blocks, and inline code."""
    fences = re.findall(r"^```.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```.*?\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [
        *(line for block in fences for line in block.splitlines()),
        *re.findall(r"`([^`\n]+)`", rest),
    ]


def docs_text() -> str:
    """All pages of docs/ in one; the READMEs do not count as documentation."""
    return "\n".join(page.read_text("utf-8") for page in DOCS)


def section_of(name: str) -> str:
    """The text under the heading that is called after a command (`## gouji build`)."""
    for page in DOCS:
        for title, text in sections(page.read_text("utf-8")):
            if re.match(rf"{name}(?![\w-]| [a-z])", title):
                return text
    pytest.fail(f"no page of docs/ has a heading that starts with “{name}”")


def relative(page: Path) -> str:
    """Name of a page in a test's id."""
    return str(page.relative_to(ROOT))


COMMANDS = dict(commands(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_described_with_every_option(name: str) -> None:
    command = COMMANDS[name]
    assert command.help, f"{name} says nothing about itself in --help"
    section = section_of(name)
    for option, help_text in options(command).items():
        assert help_text, f"{name} {option} has no help"
        assert option in OPTION.findall(section), f"{name} {option} is not in its section of docs/"


@pytest.mark.parametrize("name", COMMANDS)
def test_described_options_exist(name: str) -> None:
    if isinstance(COMMANDS[name], click.Group):
        return  # its section holds the sections of its commands
    known = {*options(COMMANDS[name]), *options(main), "--help"}
    assert set(OPTION.findall(section_of(name))) <= known


def test_options_of_gouji_itself_are_described() -> None:
    described = OPTION.findall(docs_text())
    assert set(options(main)) <= set(described)


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_commands_that_pages_name_exist(page: Path) -> None:
    first_words = {name.split()[1] for name in COMMANDS}
    for line in code_of(page.read_text("utf-8")):
        for word in re.findall(r"(?:^|[\s/])gouji ([a-z][a-z-]*)", line):
            assert word in first_words, f"{relative(page)}: there is no “gouji {word}”"


def test_every_check_code_is_described_and_the_other_way() -> None:
    of_forms = {i.code for form in load_forms() for i in (*form.identities, *form.across)}
    quoted = re.findall(r'"([^"\n]+)"', (ROOT / "index" / "checks.py").read_text("utf-8"))
    codes = of_forms | set(all_claims()) | {text for text in quoted if CODE.fullmatch(text)}
    assert all(CODE.fullmatch(code) for code in codes), "a code that this test cannot see"
    described = set(CODE.findall(docs_text()))
    assert codes <= described, "check codes that docs/ do not have"
    families = {code.rsplit("-", 1)[0] for code in codes}  # T4-SUM, for the three T4-SUM-…
    assert described <= codes | families, "docs/ have check codes that do not exist"


def settings() -> set[str]:
    """GOUJI_… names: the fields of Settings, and whatever else the code spells out."""
    sources = [ROOT / "app.py", *ROOT.glob("assistant/**/*.py"), *ROOT.glob("index/**/*.py")]
    spelled = {name for path in sources for name in SETTING.findall(path.read_text("utf-8"))}
    return spelled | {f"GOUJI_{field.upper()}" for field in Settings.model_fields}


def test_every_setting_is_described_and_the_other_way() -> None:
    described = set(SETTING.findall(docs_text()))
    assert settings() <= described, "settings that docs/ do not have"
    assert described - NOT_SETTINGS <= settings(), "docs/ have settings that do not exist"


@pytest.mark.parametrize(
    "words", [Status, Strength, Kind, Reason], ids=lambda words: words.__name__
)
def test_every_word_of_the_contract_is_described(words: type[StrEnum]) -> None:
    text = docs_text()
    missing = [word.value for word in words if f"`{word.value}`" not in text]
    assert not missing, f"not in docs/, as code: {missing}"


@pytest.mark.parametrize("readme", READMES, ids=relative)
def test_readme_is_short(readme: Path) -> None:
    lines = len(readme.read_text("utf-8").splitlines())
    assert lines < LONGEST_README, f"{readme.name} has {lines} lines"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"(?:src|href)=\"([^\"]+)\"", text)
    for target in targets:
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        assert (page.parent / target.split("#")[0]).exists(), f"{relative(page)}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_modules_that_pages_name_exist(page: Path) -> None:
    packages = ("assistant", "benchmarks", "index", "prompts", "scripts", "tests")
    paths = {p.relative_to(ROOT) for name in packages for p in (ROOT / name).rglob("*.py")}
    paths |= {p.relative_to(ROOT) for p in ROOT.glob("*.py")}
    known = {*map(str, paths), *(path.name for path in paths)}
    named = MODULE.findall(page.read_text("utf-8"))
    assert not {name for name in named if name not in known}, f"{relative(page)}: no such module"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_tasks_that_pages_name_exist(page: Path) -> None:
    tasks = set(
        re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    for line in code_of(page.read_text("utf-8")):
        for task in re.findall(r"(?:^|\s)make ([a-z][a-z-]*)", line):
            assert task in tasks, f"{relative(page)}: there is no “make {task}”"
