"""Text that is last year's or another body's: shares, places, and a thousand reports at once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.across.abstract import Abstract, abstract_of
from index.across.alike import check_alike, repeated, shared
from index.report import Check, Outcome, Report, Strength
from tests.index.abstracts import BODY, told
from tests.index.helpers import EXAMPLES, read_example, report
from tests.writer import Order, write_years

OTHER = "黛川县人民政府"
SYLLABLES = "政务公开目录专栏解读窗口热线查阅更新审核培训考核评议反馈问答公报电子屏档案移交整改"

PLACES = "澄岫黛川栖禾霁原砚湖芷汀筠岭皎河榕隰穗岚"


def sentence(rng: random.Random, *, clauses: int = 3) -> str:
    """A sentence of random words, with a number in each clause."""
    parts = [
        "".join(rng.choices(SYLLABLES, k=rng.randint(8, 16))) + f"{rng.randint(2, 900)}件"
        for _ in range(clauses)
    ]
    return "，".join(parts) + "。"


def text(seed: int, count: int = 10) -> list[str]:
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    return [sentence(rng) for _ in range(count)]


def only(abstracts: Sequence[Abstract], code: str, **limits: int) -> list[Check]:
    return [c for c in check_alike(abstracts, **limits) if c.code == code]


@pytest.mark.parametrize("kept", range(11))
def test_the_share_of_repeated_sentences_is_exact(kept: int) -> None:
    last = told(text(1), year=2021)
    now = told([*text(1)[:kept], *text(2)[kept:]])
    checks = only([now, last], "X-COPIED")
    if not kept:
        assert checks == []
        return
    (check,) = checks
    assert check.left_value == kept * 10
    assert check.right_value == 50
    assert check.outcome == (Outcome.FAILS if kept > 5 else Outcome.HOLDS)
    assert check.strength == (Strength.WARNING if kept > 5 else Strength.INFO)


def test_the_limit_is_the_users() -> None:
    pair = [told([*text(1)[:4], *text(2)[4:]]), told(text(1), year=2021)]
    outcomes = [only(pair, "X-COPIED", copied=n)[0].outcome for n in (30, 39, 40, 50)]
    assert outcomes == ["fails", "fails", "holds", "holds"]
    pair = [told(text(1)), told(text(1), body=OTHER)]
    assert only(pair, "X-ALIKE", alike=100) == []
    assert len(only(pair, "X-ALIKE", alike=99)) == 2


def test_each_pair_of_sentences_is_shown_with_both_places() -> None:
    last = read(text(1), year=2021)
    now = read([*text(2)[:3], *reversed(text(1)[3:])])
    (check,) = only([abstract_of(now), abstract_of(last)], "X-COPIED")
    assert len(check.spans) == len(check.left) == len(check.right) == 7
    places = {s.address: s.span for s in abstract_of(last).narrative}
    for span, mine, theirs in zip(check.spans, check.left, check.right, strict=True):
        owner, _, address = theirs.address.partition("/")
        assert (owner, mine.address.partition("/")[0]) == (last.id, now.id)
        assert now.text[slice(*span)] == last.text[slice(*places[address])]


def read(sentences: Sequence[str], *, year: int = 2022) -> Report:
    lines = "\n".join(sentences)
    title = f"{BODY}{year}年政府信息公开工作年度报告"
    return report(f"{title}\n一、总体情况\n{lines}\n六、其他需要报告的事项\n")


def test_new_numbers_make_a_sentence_new_but_not_another_bodys() -> None:
    one, numbers = text(1), random.Random(5)  # noqa: S311 - nothing secret
    again = ["".join(str(numbers.randint(0, 9)) if c.isdigit() else c for c in s) for s in one]
    now, last = told(again), told(one, year=2021)
    assert repeated(now, last) == ()
    assert len(shared(now, last)) == len(one)
    assert len(only([now, told(one, body=OTHER)], "X-ALIKE")) == 2


def test_a_sentence_is_shared_where_most_of_its_clauses_are() -> None:
    other = told(text(1), body=OTHER)

    def mixed(kept: int, whole: int) -> list[str]:
        """Sentences of some clauses, the first of them those of the other body."""
        parts = [(a.split("，"), b.split("，")) for a, b in zip(text(1), text(2), strict=True)]
        return ["，".join([*a[:kept], *b[kept:whole]]) for a, b in parts]

    counts = [len(shared(told(mixed(*of)), other)) for of in ((2, 3), (1, 3), (1, 2), (1, 1))]
    assert counts == [10, 0, 0, 10]


def test_only_text_of_the_same_year_or_the_year_before_is_another_bodys() -> None:
    def found(year: int, other: int) -> list[str]:
        pair = [told(text(1), year=year), told(text(1), body=OTHER, year=other)]
        return [c.left[0].label[:4] for c in only(pair, "X-ALIKE")]

    assert found(2022, 2022) == ["2022", "2022"]
    assert found(2022, 2021) == ["2022"]
    assert found(2022, 2020) == []


def test_of_two_reports_of_another_body_the_closer_one_is_named() -> None:
    mine, last = told(text(1)), told(text(1), body=OTHER, year=2021)
    this = told([*text(1)[:8], *text(2)[8:]], body=OTHER)
    checks = only([mine, this, last], "X-ALIKE")
    (check,) = [c for c in checks if c.left[0].address.startswith(mine.report)]
    assert check.id.endswith(last.report)
    assert check.left_value == 100


def test_one_finding_tells_all_bodies_that_a_text_is_shared_with() -> None:
    near = told([*text(1)[:8], *text(2)[8:]], body=OTHER)
    same = told(text(1), body="澄岫县财政局")
    (check,) = [
        c
        for c in only([told(text(1)), near, same], "X-ALIKE")
        if c.left[0].address.startswith(told(text(1)).report)
    ]
    assert check.scope_label == f"与{same.title}"
    assert check.equation == f"10 / 10 句 = 100.0% > 60%；与{near.title} 80.0%"


def test_a_body_is_not_held_against_itself_and_a_nameless_one_against_nobody() -> None:
    assert only([told(text(1)), told(text(1), body="澄岫县")], "X-ALIKE") == []
    nameless = replace(told(text(1), body=OTHER), body=None, placed=False)
    assert tuple(check_alike([told(text(1)), nameless])) == ()


def test_a_text_of_few_sentences_says_nothing() -> None:
    few = text(1)[:4]
    assert tuple(check_alike([told(few), told(few, year=2021), told(few, body=OTHER)])) == ()


def test_our_samples_are_nobodys_but_their_own() -> None:
    checks = tuple(check_alike([abstract_of(read_example(path.stem)) for path in EXAMPLES]))
    assert [c for c in checks if c.outcome is Outcome.FAILS] == []


@pytest.mark.parametrize("seed", range(0, 50, 10))
def test_a_year_whose_text_was_copied_is_found_and_no_other(seed: int) -> None:
    written = write_years(Order(seed), range(2021, 2025), copied=(2023,))
    reports = [
        abstract_of(report(w.data.decode(), body=w.prose.body, year=w.prose.year)) for w in written
    ]
    shares = {c.left[0].label[:4]: c.left_value for c in only(reports, "X-COPIED")}
    assert shares.pop("2023") >= 80
    assert all(share <= 25 for share in shares.values())


def test_a_text_copied_year_after_year_is_the_first_ones() -> None:
    written = write_years(Order(0), range(2021, 2025), copied=(2022, 2023))
    assert [w.order.told for w in written] == [None, 0, 0, None]


def test_a_body_by_itself_needs_no_library_of_hashes() -> None:
    code = (
        "import sys; from index.across.alike import check_alike\n"
        "from tests.index.abstracts import told\n"
        "texts = ['这一年把公开目录从头核对了一遍并写明负责科室之%s' % n for n in '甲乙丙丁戊己']\n"
        "assert next(check_alike([told(texts), told(texts, year=2021)])).outcome == 'fails'\n"
        "assert not {'datasketch', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def township(number: int) -> str:
    """A name for each number below 400."""
    return f"{PLACES[number // 20]}{PLACES[number % 20]}镇人民政府"


@pytest.mark.slow
def test_a_thousand_reports_are_compared_in_seconds() -> None:
    """200 bodies, five years; every tenth body takes its text from the one before."""
    seconds, abstracts = 6, []
    for number in range(200):
        own = number - 1 if number % 10 == 9 else number
        abstracts += [
            told(text(own * 10 + year, 40), body=township(number), year=2019 + year)
            for year in range(5)
        ]
    assert len({a.body for a in abstracts}) == 200
    started = time.process_time()
    checks = tuple(check_alike(abstracts))
    assert time.process_time() - started < seconds
    assert {c.code for c in checks} == {"X-ALIKE"}
    assert len(checks) == 20 * 5 * 2
    assert {c.left_value for c in checks} == {100}


@pytest.mark.slow
def test_hundreds_of_reports_of_one_text_take_no_longer() -> None:
    seconds = 10
    same = [told(text(1, 40), body=township(number)) for number in range(400)]
    started = time.process_time()
    checks = tuple(check_alike(same))
    assert time.process_time() - started < seconds
    assert len({c.left[0].address.partition("/")[0] for c in checks}) == 400
    assert len(checks) == 400
