"""The writer of reports: what it draws adds up, what it breaks is broken, what it loses is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.report import Status
from tests.index import test_written
from tests.index.test_written import expect_no_lie, read
from tests.writer import DAMAGES, SCRIPTS, SURFACES, Order, grade, write_report, write_years
from tests.writer.__main__ import main as command
from tests.writer.figures import FORMS, SCALES, checks_of, draw_figures, failing
from tests.writer.sample import SHAPES, draw_order
from tests.writer.shrink import shrink


def test_the_same_order_gives_the_same_bytes() -> None:
    for surface in SURFACES:
        if SURFACES[surface].suffix in (
            ".docx",
            ".xlsx",
            ".pdf",
        ):  # they carry the time at which they were made
            continue
        order = Order(5, surface=surface, damages=("label_variants",))
        assert write_report(order).data == write_report(order).data
        assert write_report(order).data != write_report(replace(order, seed=6)).data


def test_an_order_says_how_to_write_it_again() -> None:
    for seed in range(30):
        order = draw_order(seed)
        assert eval(str(order)) == order  # noqa: S307 - our own text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", SCALES)
@pytest.mark.parametrize("shape", SHAPES[1:])
def test_every_identity_holds_in_what_is_drawn(form: str, size: str, shape: str) -> None:
    for seed in range(20):
        order = Order(seed, form, size, shape, head_alone=seed % 2 == 0)  # type: ignore[arg-type]
        figures = draw_figures(order)
        assert failing(figures.form, figures.values) == {}


def test_shapes_are_what_they_are_called() -> None:
    columns = [c.key for c in FORMS["2021"].tables.t3.columns][:-1]

    def asked(shape: str, seed: int) -> set[str]:
        figures = draw_figures(Order(seed, size="city", shape=shape))  # type: ignore[arg-type]
        return {c for c in columns for row in figures.rows if figures.values[f"t3.{row}.{c}"]}

    for seed in range(20):
        assert asked("full", seed) == set(columns)
        assert len(asked("single_column", seed)) == 1
        assert 0 < len(asked("empty_columns", seed)) < len(columns)
        assert asked("all_zero", seed) == set()
    assert any("natural_person" not in asked("empty_columns", seed) for seed in range(20))


@pytest.mark.parametrize("form", FORMS)
def test_every_check_can_be_broken(form: str) -> None:
    figures = draw_figures(Order(3, form))
    for check, _ in checks_of(figures.form, figures.values):
        for seed in range(3):
            broken = draw_figures(Order(seed, form, broken=(check,)))
            assert check in failing(broken.form, broken.values)
            assert len(broken.altered) == 1


def test_a_code_alone_breaks_it_somewhere_and_an_unknown_one_is_refused() -> None:
    broken = draw_figures(Order(1, broken=("T3-SUM",)))
    assert any(check.startswith("T3-SUM@") for check in failing(broken.form, broken.values))
    with pytest.raises(ValueError, match="T9-SUM"):
        draw_figures(Order(1, broken=("T9-SUM",)))


def test_years_of_one_body_carry_on() -> None:
    reports = write_years(Order(40), range(2019, 2024), y2021=("T3-ROW",))
    assert [r.prose.year for r in reports] == [2019, 2020, 2021, 2022, 2023]
    assert [r.order.form for r in reports] == ["2019", "2019", "2021", "2021", "2021"]
    assert len({r.prose.body for r in reports}) == 1
    columns = [c.key for c in FORMS["2021"].tables.t3.columns][:-1]
    for before, after in pairwise(reports):
        for column in columns:
            carried = before.figures.values[f"t3.carried_out.{column}"]
            assert after.figures.values[f"t3.carried_in.{column}"] == carried
    assert [bool(failing(r.figures.form, r.figures.values)) for r in reports] == [
        False, False, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("agrees", [True, False])
def test_the_prose_says_what_the_tables_say_or_does_not(agrees: bool) -> None:
    for seed in range(10):
        written = write_report(Order(seed, agrees=agrees))
        assert written.prose.said
        for said in written.prose.said:
            right = said.printed == str(written.figures.values[said.address])
            assert right == said.agrees
            assert said.printed in written.data.decode()
        assert all(said.agrees for said in written.prose.said) == agrees


def test_encodings_and_scripts_are_as_ordered_where_they_can_be() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        written = write_report(Order(2, encoding=encoding))
        assert written.encoding == encoding
        assert "政府信息公开" in written.data.decode(encoding)
    assert write_report(Order(2, script="taiwan", encoding="big5hkscs")).encoding == "big5hkscs"
    assert write_report(Order(2, script="simplified", encoding="big5hkscs")).encoding == "utf-8"
    texts = {script: write_report(Order(2, script=script)).data.decode() for script in SCRIPTS}
    assert len(set(texts.values())) == len(SCRIPTS)
    assert "規範性檔案" in texts["taiwan"]
    assert "規範性文件" in texts["traditional"]


# -- damages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_changes_the_report_and_only_what_it_declares(name: str) -> None:
    changed = 0
    for seed in range(6):
        surface = "lines" if DAMAGES[name].on(SURFACES["lines"]) else "pipes"
        order = Order(seed, form="2019", size="city", surface=surface)
        whole, damaged = write_report(order), write_report(replace(order, damages=(name,)))
        changed += whole.data != damaged.data
        assert damaged.figures.values == whole.figures.values
        assert {told.says for told in whole.truth.values()} == {"known"}
        gone = {a: told for a, told in damaged.truth.items() if told.says != "known"}
        assert DAMAGES[name].loses or not gone
    assert changed >= 3
    assert DAMAGES[name].says.endswith(".")


def test_a_damage_is_refused_where_it_does_not_occur() -> None:
    with pytest.raises(ValueError, match="full_width does not occur on flattened"):
        write_report(Order(1, surface="flattened", damages=("full_width",)))


def test_a_blank_is_known_by_its_column_where_there_are_columns() -> None:
    order = Order(13, size="township", shape="empty_columns", damages=("zeros_blank",))
    values = draw_figures(order).values
    grid = write_report(replace(order, surface="pipes")).truth
    assert {told.says for told in grid.values()} == {"known", "open"}
    assert all(told.value == 0 for told in grid.values() if told.says == "open")
    listed = write_report(replace(order, surface="lines")).truth
    assert {told.says for told in listed.values()} == {"known", "open", "lost"}
    moved = [a for a, told in listed.items() if told.says == "lost" and a.startswith("t3.")]
    assert any(values[a] for a in moved)


# -- grading and shrinking -------------------------------------------------------------------


def test_the_grade_sees_every_kind_of_fault() -> None:
    written = write_report(Order(8))
    report = read(written)
    assert grade(report, written.truth).share == 1
    address = "t3.new.total"
    told = written.truth[address]
    wrong = grade(report, {**written.truth, address: replace(told, value=told.value + 1)})
    assert wrong.wrong == wrong.false == wrong.unread == (address,)
    lost = grade(report, {**written.truth, address: replace(told, says="lost")})
    assert (lost.wrong, lost.false) == ((), (address,))
    failed = grade(report, {**written.truth, address: replace(told, failing=True, doubtful=True)})
    assert (failed.false, failed.unread) == ((address,), ())
    invented = {a: told for a, told in written.truth.items() if a != address}
    assert grade(report, invented).false == (address,)
    silent = report.model_copy(
        update={
            "figures": tuple(
                f.model_copy(update={"status": Status.AMBIGUOUS, "value": None})
                if f.address == address
                else f
                for f in report.figures
            )
        }
    )
    assert grade(silent, written.truth).unread == (address,)


def test_a_failure_is_shrunk_to_what_it_needs() -> None:
    order = Order(
        9, form="2019", size="city", shape="empty_columns", surface="html", script="pinyin",
        encoding="gb18030", damages=("clutter", "zeros_blank", "footnotes"), broken=("T3-ROW",),
        agrees=False,
    )  # fmt: skip
    smallest = shrink(order, lambda o: "zeros_blank" in o.damages and o.form == "2019")
    assert smallest == Order(
        9, form="2019", size="township", shape="all_zero", damages=("zeros_blank",)
    )


def test_a_reader_that_lies_is_told_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test of all these reports fails where a reader misreads, with the order to see it by."""

    def misread(written: test_written.Written) -> test_written.Report:
        report = read(written)
        figures = tuple(
            f.model_copy(update={"value": 7}) if f.address == "t4.review.total" else f
            for f in report.figures
        )
        return report.model_copy(update={"figures": figures})

    monkeypatch.setattr(test_written, "read", misread)
    with pytest.raises(pytest.fail.Exception) as caught:
        expect_no_lie([Order(3, size="city", damages=("clutter",), script="traditional")])
    assert "seed 3: Order(seed=3, size='township', shape='all_zero')" in str(caught.value)
    assert "wrong: t4.review.total" in str(caught.value)


def test_a_report_is_saved_under_its_name(tmp_path: Path) -> None:
    written = write_report(Order(3, surface="html"))
    path = written.save(tmp_path)
    assert path.name == f"{written.prose.body}-{written.prose.year}-3.html"
    assert path.read_bytes() == written.data


def test_reports_are_written_with_their_truth_from_the_command_line(tmp_path: Path) -> None:
    words = [str(tmp_path), "--years", "2021-2022", "--break", "T3-ROW@new", "--surface", "html"]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, result.output
    truths = [json.loads(p.read_text("utf-8")) for p in sorted(tmp_path.glob("*.json"))]
    assert [truth["year"] for truth in truths] == [2021, 2022]
    for truth in truths:
        assert (tmp_path / truth["file"]).suffix == ".html"
        assert "t3.new.total" in truth["failed"]
        assert truth["ambiguous"] == []
    result = CliRunner().invoke(command, [str(tmp_path), "--any", "--count", "2", "--seed", "9"])
    assert result.output.count("Order(seed=") == 2
