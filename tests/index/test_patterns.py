"""A character that a pattern may match there lets it be tried; any other does not."""

from __future__ import annotations

import re

import pytest

from index.words.edges import first_of, last_of
from index.words.patterns import Beginning, Ending, beginning, ending, found_fast, guarded
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


@pytest.mark.parametrize(
    ("pattern", "first", "last"),
    [
        ("全(?:市|县)", "全", "市县"),
        ("(?:全|本)?(?:市|县级?)", "全本市县", "市县级"),
        ("(?<!公)共计(?!划)|是", "共是", "计是"),
        (r"\A(?P<a>的)\d+", "的", "0123456789"),
        ("[a-c]度?+", "abc", "abc度"),
    ],
)
def test_edges_are_read_from_a_pattern(pattern: str, first: str, last: str) -> None:
    assert first_of(pattern) == frozenset(first)
    assert last_of(pattern) == frozenset(last)


@pytest.mark.parametrize("edge", [".", "[^的]", "[\u3400-\u9fff]", r"\w", r"\S", "的?"])
def test_a_pattern_that_may_begin_or_end_with_any_is_always_tried(edge: str) -> None:
    assert first_of(edge) is None
    assert last_of(edge) is None
    assert guarded(edge) == edge


def test_a_guarded_pattern_finds_what_it_finds_without() -> None:
    pattern = r"(?<!第)\d+(?:年|\])|[-~]度"
    text = "2023年第4年,5]~度-度^度"
    assert found_fast(pattern).findall(text) == re.findall(pattern, text)
    assert guarded(pattern) != pattern


def test_what_the_grammar_looks_at_first_holds_for_all_that_it_matches() -> None:
    """Every string of two characters of the file that a pattern matches is let through."""
    grammar = vars(load_prose()).values()
    written_in = [p for p in grammar if isinstance(p, Ending | Beginning)]
    assert len(written_in) > 10
    for found in written_in:
        chars = sorted(set(re.findall(r"[\u3400-\u9fff\d、。,]", found.pattern.pattern)))
        for text in (a + b for a in chars for b in ("", *chars)):
            plain = found.pattern.search if isinstance(found, Ending) else found.pattern.match
            assert (found.of(text) is None) == (plain(text) is None), text
