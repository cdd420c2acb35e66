"""`gouji draft` as a clerk meets it: which body, what is told, what is written, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from assistant.cli import main
from assistant.draft.finding import body_meant
from assistant.lexicon import load_lexicon
from assistant.library.directory import Directory
from index.errors import InputError
from index.reading import read_report
from index.report import ReportCard
from tests.assistant.draft.pairs import save_figures, trusted
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
BODY = "云岫市人民政府"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    result = CliRunner().invoke(main, ["draft", *map(str, arguments)])
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def store(example_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOUJI_STORE", str(example_store))
    return example_store


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """What the sample report for 2022 prints."""
    return save_figures(tmp_path, trusted(read_report(EXAMPLES / "yunxiu-2022.txt")), body=BODY)


def test_a_draft_is_written_and_read(store: Path, figures: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"draft.{suffix}" for suffix in ("docx", "html", "md", "json")]
    outputs = [part for path in paths for part in ("-o", path)]
    status, out, err = run("云岫", 2022, "--figures", figures, *outputs)  # type: ignore[arg-type]
    assert (status, err) == (0, "")
    assert out.startswith(f"{BODY}2022年政府信息公开工作年度报告：")
    assert "带入上年结转 7 格" in out
    assert f"{BODY}2021年，yunxiu-2021.txt" in out
    assert all(f"已写入 {path}" in out for path in paths)
    for path in paths[:3]:
        assert trusted(read_report(path)) == trusted(read_report(EXAMPLES / "yunxiu-2022.txt"))
    assert json.loads(paths[3].read_text("utf-8"))["last"]["source_file"] == "yunxiu-2021.txt"


def test_a_sheet_is_written(store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.xlsx"
    status, out, _ = run(BODY, "2022", "--sheet", sheet)
    assert status == 0
    assert "待填 193 格" in out
    assert len(load_workbook(sheet).worksheets) == 4
    status, _, err = run(BODY, "2022", "--sheet", sheet)
    assert status == 2
    assert "--force" in err


def test_nothing_is_written_that_does_not_balance(
    store: Path, figures: Path, tmp_path: Path
) -> None:
    data = json.loads(figures.read_text("utf-8"))
    data["figures"]["t3.new.total"] += 1
    figures.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    target = tmp_path / "draft.docx"
    status, _, err = run(BODY, "2022", "--figures", figures, "-o", target)
    assert status == 1
    assert "✗ T3-BAL" in err
    assert "--allow-failing" in err
    assert not target.exists()
    status, out, _ = run(BODY, "2022", "--figures", figures, "-o", target, "--allow-failing")
    assert status == 1
    assert f"已写入 {target}" in out


def test_zeros_and_a_carried_figure_of_one_s_own(
    store: Path, figures: Path, tmp_path: Path
) -> None:
    data = json.loads(figures.read_text("utf-8"))
    data["figures"] = {"t3.new.natural_person": 3}
    figures.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    status, out, _ = run(BODY, "2022", "--figures", figures, "--zeros")
    assert status == 0
    assert "填报 1 格，空白按 0 填报 5 格，带入上年结转 7 格，计算合计 1 格" in out
    data["figures"] = {"t3.carried_in.natural_person": 77, "t3.carried_in.total": 77}
    figures.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    status, out, err = run(BODY, "2022", "--figures", figures)
    assert "--override-carried" in err
    assert "77" not in out
    status, out, _ = run(BODY, "2022", "--figures", figures, "--override-carried", "并入原某局")
    assert "上年结转改用填报数 2 格" in out
    assert "理由：并入原某局 (overridden)" in out
    status, _, err = run(BODY, "2022", "--override-carried", " ")
    assert (status, "没有写理由" in err) == (2, True)


def test_the_text_is_told_and_chosen(store: Path, figures: Path, tmp_path: Path) -> None:
    target = tmp_path / "draft.md"
    options = ("--figures", figures, "--fee", "0", "--keep", "2", "-o", target)
    status, out, err = run(BODY, "2022", *options)
    assert (status, err) == (0, "")
    assert "上年提出的问题 2（¶8）：解读材料中文字解读" in out
    assert "自查 (self-check)：" in out
    assert "与上年报告相同 0 句，占 0.0%（另有 1 句为选定沿用）" in out
    written = target.read_text("utf-8")
    assert f"2022年，{BODY}未收取信息处理费。" in written
    assert "<!-- 2022年 表三·本年新收政府信息公开申请数量·总计：673；" in written
    assert run(BODY, "2022", *options, "--force", "--no-citations")[0] == 0
    assert "总计：673" not in target.read_text("utf-8")
    for wrong in (("--fee", "很多"), ("--keep", "9")):
        status, _, err = run(BODY, "2022", *wrong)
        assert status == 2
        assert err.startswith("错误 error: ")


def test_what_fails_in_the_written_text_is_told(store: Path, figures: Path, tmp_path: Path) -> None:
    """A sentence kept from last year has last year's number."""
    status, _, err = run(BODY, "2022", "--figures", figures, "--keep", "1")
    assert status == 0
    assert "? S-DISPUTES" in err
    assert "5 ≠ 7" in err


def test_without_last_year_the_draft_comes_out_open(
    store: Path, figures: Path, tmp_path: Path
) -> None:
    target = tmp_path / "draft.md"
    status, out, err = run("甲县水务局", "2024", "--figures", figures, "-o", target)
    assert status == 0
    assert "填报 0 格" in out  # another body's figures
    assert "甲县水务局2023年报告：没有找到" in err
    assert f"单位“{BODY}”" in err
    assert target.exists()


def test_without_an_index_it_works_too(tmp_path: Path) -> None:
    status, _, err = run("甲县水务局", "2024", "-o", tmp_path / "a.docx")
    assert status == 0
    assert "gouji build" in err


def test_what_cannot_be_done(store: Path, tmp_path: Path) -> None:
    for arguments, told in (
        ((" ", "2022"), "没有写单位"),
        ((BODY, "2015"), "2019"),
        ((BODY, "2022", "-o", tmp_path / "a.pdf"), "a.pdf"),
        ((BODY, "2022", "--figures", tmp_path / "none.xlsx"), "none.xlsx"),
    ):
        status, _, err = run(*arguments)
        assert status == 2
        assert err.startswith("错误 error: ")
        assert told in err


def directory(*bodies: str) -> Directory:
    cards = [
        ReportCard(
            id=f"r-{n}", source_file=f"{n}.txt", title=f"{body}2023年", body=body, year=2023,
            form="2021", script="zh-Hans", says=(), statuses={}, failing=0, passages=1, notes=(),
        )
        for n, body in enumerate(bodies)
    ]  # fmt: skip
    return Directory(cards, load_lexicon(), lambda ids: ())


BODIES = ("临溪县人民政府", "临溪县水务局", "临溪县财政局", "青棠区财政局")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("临溪县水务局", "临溪县水务局"),
        ("臨溪縣水務局", "临溪县水务局"),
        ("临溪 县水务局", "临溪县水务局"),
        ("临溪县", "临溪县人民政府"),
        ("临溪水务局", "临溪县水务局"),
        ("临溪县政府", "临溪县人民政府"),
        ("临溪县人民政府办公室", "临溪县人民政府办公室"),  # not the government
        ("临西县水务局", "临西县水务局"),  # no slip: there may be one
        ("临溪县教育局", "临溪县教育局"),  # not indexed: a name of its own
        ("梧州市财政局", "梧州市财政局"),
    ],
)
def test_the_body_meant(name: str, meant: str) -> None:
    assert body_meant(name, directory(*BODIES), load_lexicon()) == meant


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("临溪县水务局", "临溪县水务局执法大队"),
        ("云岫市人民政府", "云岫市人民政府办公室"),
        ("云岫市人民政府", "云岫市青棠区人民政府"),
        ("云岫市", "云岫市雁汀镇人民政府"),
        ("云岫", "云岫市财政局"),
        ("云岫", "云岫市青棠区人民政府"),
        ("云岫市财政局", "云岫市青棠区财政局"),
        ("云岫市卫生局", "云岫市卫生监督局"),
        ("云岫市公安局", "云岫市公安局青棠分局"),
        ("临溪县", "临溪县水务局"),
        ("临溪局", "临溪县水务局"),
    ],
)
def test_a_body_is_never_taken_for_another(name: str, other: str) -> None:
    assert body_meant(name, directory(other), load_lexicon()) == name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("云岫", "云岫市人民政府"),
        ("青棠", "青棠综合实验区"),
        ("云岫财政局", "云岫市财政局"),
        ("青棠区财政局", "云岫市青棠区财政局"),
        ("云岫市卫健委", "云岫市卫生健康委员会"),
    ],
)
def test_a_place_may_be_left_out(name: str, meant: str) -> None:
    assert body_meant(name, directory(meant), load_lexicon()) == meant


def test_several_bodies_are_told() -> None:
    with pytest.raises(InputError, match="临溪县财政局、青棠区财政局") as error:
        body_meant("财政局", directory(*BODIES), load_lexicon())
    assert "机关全称" in error.value.advice
