"""Many reports at once: what is found, where it stands, in which order, and what is not read."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.audit.across import Comparing
from assistant.audit.audit import audit
from assistant.audit.findings import basis_of
from assistant.audit.looking import Looked, Task, Unread, Untaken, Wishes, tasks_of
from assistant.audit.matrix import Mark, matrix_of
from assistant.audit.readers import read_each
from assistant.audit.summary import summary_of
from index.report import Outcome, Strength
from index.sidecar import Given
from index.sources import find_sources
from tests.assistant.audit_helpers import COLUMNS, EXAMPLES, audited, names, write_broken
from tests.writer.planted import find, grade
from tests.writer.planting import plant, plants


def test_findings_of_the_samples_with_their_cells() -> None:
    done = audited(EXAMPLES)
    assert [looked.name for looked in done.reports] == names(list(EXAMPLES.glob("*.txt")))
    hard = [f for f in done.findings if f.strength is Strength.HARD]
    told = [(f.body, f.year, f.check, f.left, f.right, f.difference) for f in hard]
    assert told == [
        ("临溪县水务局", 2020, "T3-BAL@total", 62, 57, 5),
        ("临溪县水务局", 2020, "T3-ROW@new", 58, 53, 5),
        ("澜屿市文化广电和旅游局", 2024, "T3-ROW@partial", 14, 12, 2),
        ("澜屿市文化广电和旅游局", 2024, "T4-SUM-REVIEW@review", 5, 6, -1),
    ]


def test_every_operand_has_its_place_in_the_source() -> None:
    done = audited(EXAMPLES / "linxi-shuiwu-2020.txt")
    text = (EXAMPLES / "linxi-shuiwu-2020.txt").read_text("utf-8")
    balance = done.findings[0]
    assert [p.address for p in balance.places] == [
        "t3.new.total",
        "t3.carried_in.total",
        "t3.result_total.total",
        "t3.carried_out.total",
    ]
    for place in balance.places:
        assert place.span is not None
        assert text[slice(*place.span)] == place.printed
        assert text.count("\n", 0, place.span[0]) + 1 == place.line
    assert balance.places[0].words == "表三·本年新收政府信息公开申请数量·总计 = 58"
    assert "国办公开办函〔2019〕60号" in balance.basis
    assert "印在表三表头" in balance.basis


def test_a_finding_of_running_text_quotes_its_sentence(tmp_path: Path) -> None:
    sentence = "全年举办讲座100场，其中线上40场、线下50场、其他5场。"
    (found,) = [
        f
        for f in audited(write_broken(tmp_path, sentence=sentence)).findings
        if f.code == "P-PARTS"
    ]
    assert found.places[-1].words == f"“{sentence}”"
    assert found.equation == "100 ≠ 40 + 50 + 5 = 95"
    assert [p.printed for p in found.places[:-1]] == ["100", "40", "50", "5"]


def test_a_bad_file_is_told_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("今天天气很好。", "utf-8")
    write_broken(tmp_path, "c.txt")
    write_broken(tmp_path, "d.txt", "说明。")
    (tmp_path / "d.txt.gouji.yaml").write_text("bodies: 1\n", "utf-8")
    done = audited(tmp_path)
    assert [looked.name for looked in done.reports] == ["c.txt"]
    assert [Path(unread.path).name for unread in done.unread] == ["a.txt", "d.txt.gouji.yaml"]
    assert [Path(other.path).name for other in done.others] == ["b.txt"]
    assert all(unread.message for unread in done.unread)


def test_members_of_an_archive_are_reports_of_their_own(tmp_path: Path) -> None:
    broken = write_broken(tmp_path)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(broken, "2021/one.txt")
        archive.write(EXAMPLES / "yunxiu-2022.txt", "2022/two.txt")
    done = audited(tmp_path / "all.zip")
    assert [looked.name for looked in done.reports] == ["one.txt", "two.txt"]
    assert {f.path for f in done.findings if f.strength is Strength.HARD} == {
        f"{tmp_path}/all.zip/2021/one.txt"
    }


def test_body_and_year_that_were_set_are_those_of_the_findings(tmp_path: Path) -> None:
    sources = find_sources([write_broken(tmp_path)])
    given = Given(body="青棠区数据局", year=2022)
    done = audit(sources, given, watch=lambda steps: steps)
    assert {(f.body, f.year) for f in done.findings} == {("青棠区数据局", 2022)}


def test_processes_side_by_side_keep_the_order_and_find_the_same(tmp_path: Path) -> None:
    (tmp_path / "e.txt").write_bytes(b"")
    sources = find_sources([EXAMPLES, tmp_path / "e.txt"])
    one, many = (
        list(read_each(tasks_of(sources, None), len(sources), Wishes(as_json=True), few=few))
        for few in (1000, 0)
    )
    assert [step.name for step in one] == [step.name for step in many]
    for alone, together in zip(one, many, strict=True):
        assert type(alone) is type(together)
        if isinstance(alone, Looked) and isinstance(together, Looked):
            assert (alone.findings, alone.json) == (together.findings, together.json)


class Bomb(bytes):
    """Bytes that end the process in which they arrive."""

    def __reduce__(self) -> tuple[object, ...]:
        import os

        return os._exit, (1,)


@pytest.mark.slow
def test_a_report_that_ends_its_process_is_told_and_the_rest_is_read() -> None:
    good = list(tasks_of(find_sources([EXAMPLES]), None))
    bad = Task(Path("bomb.txt"), Bomb(), Given())
    tasks = [*good[:2], bad, *good[2:5], bad, *good[5:]]
    read = list(read_each(tasks, len(tasks), Wishes(), few=0))
    assert [step.name for step in read] == [Path(task.path).name for task in tasks]
    assert [isinstance(step, Unread) for step in read] == [task is bad for task in tasks]


def test_reports_are_taken_only_as_fast_as_they_are_read() -> None:
    (good, *_) = tasks_of(find_sources([EXAMPLES / "yunxiu-2021.txt"]), None)
    taken = 0

    def endless() -> Iterator[Task | Untaken]:
        nonlocal taken
        while True:
            taken += 1
            yield good

    steps = read_each(endless(), 10**6, Wishes())
    for _ in range(3):
        next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert taken < 100


def test_the_matrix_counts_what_fails_and_tells_what_cannot_be_evaluated() -> None:
    matrix = matrix_of(audited(EXAMPLES))
    squares = {
        (row.source_file, code): square
        for row in matrix.rows
        for code, square in row.by_code(matrix.codes)
    }
    broken = squares["linxi-shuiwu-2020.txt", "T3-BAL"]
    assert (broken.mark, broken.count) == (Mark.BROKEN, 1)
    assert squares["yunxiu-2021.txt", "T3-BAL"].mark is Mark.HOLDS
    assert squares["qingtang-shenpi-2019.txt", "T4-SUM-REVIEW"].mark is Mark.OPEN
    assert squares["yanting-2023.txt", "T3-BAL"].mark is Mark.NONE
    assert [code[:2] for code in matrix.codes] == sorted(
        (code[:2] for code in matrix.codes), key=lambda start: ("TAFPSDX".index(start[0]), start)
    )


def test_the_summary_counts_by_strength_code_and_body() -> None:
    summary = summary_of(audited(EXAMPLES))
    assert (summary.read, summary.unread) == (10, 0)
    assert summary.strengths[Strength.HARD] == 4
    hard = [(c.code, c.count, c.reports) for c in summary.codes if c.strength is Strength.HARD]
    assert hard == [("T3-ROW", 2, 2), ("T3-BAL", 1, 1), ("T4-SUM-REVIEW", 1, 1)]
    assert {(b.body, b.hard) for b in summary.bodies[:2]} == {
        ("临溪县水务局", 2),
        ("澜屿市文化广电和旅游局", 2),
    }


def test_what_is_plain_arithmetic_has_no_article() -> None:
    assert basis_of("P-PARTS", "2021") == ""
    assert basis_of("T3-BAL", None) == ""
    assert "30号" in basis_of("T3-SUM", "2021")


def test_no_text_of_a_report_is_kept() -> None:
    done = audited(EXAMPLES / "yunxiu-2021.txt")
    sentence = "市政府门户网站全年访问量"
    assert sentence in (EXAMPLES / "yunxiu-2021.txt").read_text("utf-8")
    assert sentence not in repr(done) + str(vars(done.reports[0]))


def assert_found(folder: Path, count: int, seed: int) -> None:
    cases = plant(folder, count, seed)
    recall = grade(cases, map(find, cases))
    assert (recall.missed, recall.wrong, recall.beside) == ([], [], [])
    assert {case.code for case in cases} - {""} <= {*recall.planted}


def test_planted_errors_are_found_and_clean_reports_are_left_alone(tmp_path: Path) -> None:
    assert_found(tmp_path, 15, seed=0)


@pytest.mark.slow
def test_planted_errors_of_every_code(tmp_path: Path) -> None:
    assert_found(tmp_path, 3 * len(plants()), seed=5000)


# -- reports beside each other -------------------------------------------------------------------


def write_next_year(folder: Path) -> None:
    """A body's two years; the later one is in balance, but carried one in that was not left."""
    (folder / "2021.txt").write_bytes((EXAMPLES / "yunxiu-2021.txt").read_bytes())
    lines = (EXAMPLES / "yunxiu-2022.txt").read_text("utf-8").splitlines()
    for label in ("二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"):
        for column in (1, COLUMNS):
            place = lines.index(label) + column
            lines[place] = str(int(lines[place]) + 1)
    (folder / "2022.txt").write_text("\n".join(lines), "utf-8")


def test_a_finding_across_years_belongs_to_the_later_one_and_shows_both(tmp_path: Path) -> None:
    write_next_year(tmp_path)
    done = audited(tmp_path)
    found = [f for f in done.findings if f.code == "X-T3-CARRY"]
    assert [(f.year, f.source_file, f.strength) for f in found] == [
        (2022, "2022.txt", Strength.EXPECTED)
    ] * 2
    total = found[0]
    assert total.difference == 1
    later, earlier = total.places
    assert (later.source_file, earlier.source_file) == ("2022.txt", "2021.txt")
    assert later.label == "2022年表三·上年结转政府信息公开申请数量·总计"
    assert earlier.label == "2021年表三·结转下年度继续办理·总计"
    for place in total.places:
        assert place.span is not None
        text = (tmp_path / place.source_file).read_text("utf-8")
        assert text[slice(*place.span)] == place.printed
        assert text.count("\n", 0, place.span[0]) + 1 == place.line
    assert total.basis
    matrix = matrix_of(done)
    row = next(row for row in matrix.rows if row.year == 2022)
    assert dict(row.by_code(matrix.codes))["X-T3-CARRY"].count == 2


def test_years_that_agree_have_no_finding_but_their_checks() -> None:
    sources = find_sources([EXAMPLES / "yunxiu-2021.txt", EXAMPLES / "yunxiu-2022.txt"])
    done = audit(sources, wishes=Wishes(as_json=True), watch=lambda steps: steps)
    assert [f for f in done.findings if f.code.startswith("X-T")] == []
    assert len([c for c in done.across if c.code == "X-T3-CARRY"]) == 7
    assert done.outcomes(done.reports[1])["X-T3-CARRY"] == {Outcome.HOLDS: 7}


def test_of_checks_across_reports_those_that_fail_are_kept(tmp_path: Path) -> None:
    write_next_year(tmp_path)
    done = audited(tmp_path)
    assert {c.id for c in done.across} == {f.check for f in done.findings if f.code[0] == "X"}


def test_an_abstract_from_another_process_shares_what_is_the_same() -> None:
    (looked,) = audited(EXAMPLES / "yunxiu-2021.txt").reports
    again = pickle.loads(pickle.dumps(looked.abstract))  # noqa: S301 - made here
    assert again == looked.abstract
    for one, other in zip(again.cells.items(), looked.abstract.cells.items(), strict=True):
        assert one[0] is other[0]
        assert one[1] is other[1]


def test_repeated_sentences_are_shown_side_by_side(tmp_path: Path) -> None:
    text = (EXAMPLES / "yunxiu-2021.txt").read_text("utf-8")
    (tmp_path / "2021.txt").write_text(text, "utf-8")
    (tmp_path / "2022.txt").write_text(text.replace("2021年", "2022年"), "utf-8")
    sources = find_sources([tmp_path])
    done = audit(sources, comparing=Comparing(copied=20), watch=lambda steps: steps)
    (copied,) = [f for f in done.findings if f.code == "X-COPIED"]
    assert copied.year == 2022
    mine, theirs = copied.places[:2]
    assert (mine.source_file, theirs.source_file) == ("2022.txt", "2021.txt")
    assert mine.printed == theirs.printed
    assert mine.words.startswith("2022年正文“")
    assert mine.span is not None
    assert text[slice(*mine.span)].startswith(mine.printed.removesuffix("……"))
    kept = audit(sources, comparing=Comparing(copied=100), watch=lambda steps: steps)
    assert [f for f in kept.findings if f.code == "X-COPIED"] == []


def test_a_file_given_twice_is_no_other_report(tmp_path: Path) -> None:
    data = (EXAMPLES / "yunxiu-2021.txt").read_bytes()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(data)
    done = audited(tmp_path)
    assert len(done.reports) == 2
    assert done.beside == {}


def test_a_row_whose_key_begins_like_a_sentence_is_a_cell(tmp_path: Path) -> None:
    lines = (EXAMPLES / "jichuan-2017.txt").read_text("utf-8").splitlines()
    place = next(i for i, line in enumerate(lines) if "专职人员数" in line)
    number = next(i for i in range(place + 1, len(lines)) if lines[i].strip().isdigit())
    lines[number] = str(int(lines[number]) + 1)
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), "utf-8")
    (found,) = [f for f in audited(path).findings if f.code == "A-STAFF"]
    assert [p.is_sentence for p in found.places] == [False] * 3
    assert all(f"= {p.printed}" in p.words for p in found.places)
