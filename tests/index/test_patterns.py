"""A character that a pattern may match there lets it be tried; any other does not."""

from __future__ import annotations

import re

import pytest

from index.words.patterns import Beginning, Ending, beginning, ending, written
from index.words.prose import load_prose


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("增长|减少(?:了|到)?", "比上年减少到", "减少到"),
        ("(?<!公)共计|是", "公共计", None),
        (r"(?:19|20)\d\d", "比2019", "2019"),
        ("每[\u3400-\u9fff]{0,4}", "每季度", "每季度"),
        ("分别为(?P<said>[^,;]{0,8})", "分别为男女", "分别为男女"),
        ("的|了", "", None),
    ],
)
def test_an_ending_is_found(pattern: str, text: str, found: str | None) -> None:
    match = ending(pattern).of(text)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\s*(?:\d{1,2}[.、)]|其[一二],?)", "\u30003.推进", "\u30003."),
        (r"\s*(?:\d{1,2}[.、)]|其[一二],?)", "其二,推进", "其二,"),
        ("并(?!网)|且", "并网", None),
        (".目", "项目", "项目"),
    ],
)
def test_a_beginning_is_found(pattern: str, text: str, found: str | None) -> None:
    match = beginning(pattern).of(text)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize("pattern", [".", "[^的]", "[\u3400-\u9fff]", r"\w", r"\S"])
def test_a_pattern_with_a_wildcard_is_always_tried(pattern: str) -> None:
    assert written(f"的{pattern}") is None


def test_what_the_grammar_looks_at_first_holds_for_all_that_it_matches() -> None:
    """Every string of two characters of the file that a pattern matches is let through."""
    grammar = vars(load_prose()).values()
    written_in = [p for p in grammar if isinstance(p, Ending | Beginning)]
    assert len(written_in) > 10
    for guarded in written_in:
        chars = sorted(set(re.findall(r"[\u3400-\u9fff\d、。,]", guarded.pattern.pattern)))
        for text in (a + b for a in chars for b in ("", *chars)):
            plain = guarded.pattern.search if isinstance(guarded, Ending) else guarded.pattern.match
            assert (guarded.of(text) is None) == (plain(text) is None), text
