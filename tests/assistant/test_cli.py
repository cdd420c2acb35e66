"""The command line as a user meets it: output, exit status, and one clear sentence on errors."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import main
from index.storage.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples"
LIGHT = """
import sys
from assistant.cli import main
try:
    main({arguments!r})
except SystemExit:
    pass
heavy = {{"chromadb", "torch", "sentence_transformers", "gradio", "langchain_core", "jieba"}}
print("HEAVY", sorted(heavy & set(sys.modules)))
"""


def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_build_reports_ask_and_cite(own_store: Path) -> None:
    status, out, _ = run("build", str(EXAMPLES))
    assert status == 0
    assert "新增 10" in out
    assert run("build", str(EXAMPLES))[1].startswith("未变 10")
    status, out, _ = run("reports")
    assert "临溪县水务局2020年" in out
    assert "勾稽不平 2 处" in out
    status, out, _ = run("ask", "青棠区财政局2023年新收申请多少件")
    assert status == 0
    assert "43件" in out
    assert "我理解为：青棠区财政局2023年 · 表三 · 本年新收政府信息公开申请数量 · 总计\n" in out
    status, out, _ = run("ask", "--json", "青棠区财政局2023年新收申请多少件")
    answer = json.loads(out)
    assert answer["value"] == 43
    assert {"label", "question"} == set(answer["alternatives"][0])
    status, out, _ = run("cite", "--json", "青棠一码办")
    found = json.loads(out)
    assert found["exact"] > 0
    assert {p["source_file"] for p in found["passages"]} == {"yimaban-2023.txt"}
    assert run("rebuild")[0] == 0


def test_a_model_that_is_configured_helps_and_is_not_needed(
    own_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", str(EXAMPLES / "yunxiu-2021.txt"))
    script, question = tmp_path / "script.yaml", "云岫市2021年坐了冷板凳的申请几件"
    script.write_text(
        """- when: 冷板凳
  reply: '{"readings": [{"words": "坐了冷板凳的", "means": "t3.denied"}]}'
""",
        "utf-8",
    )
    alone = run("ask", question)[1]
    monkeypatch.setenv("GOUJI_MODEL", f"scripted:{script}")
    status, out, err = run("ask", question)
    assert (status, err) == (0, "")
    assert "gouji ask '云岫市2021年不予公开申请几件'" in out
    assert "1 次 calls" in out
    assert json.loads(run("ask", "--json", question)[1])["model"]["offered"] is True
    for name in ("qwen3", "nobody:m", f"scripted:{tmp_path}/none.yaml"):
        monkeypatch.setenv("GOUJI_MODEL", name)
        status, out, err = run("ask", question)
        assert status == 0
        assert alone.splitlines()[0] in out
        assert "注意 note" in err
    monkeypatch.setenv("GOUJI_MODEL_TOKENS", "none")
    assert run("ask", question)[0] == 2


def test_batch_keeps_ids_order_and_dialogues(own_store: Path, tmp_path: Path) -> None:
    run("build", str(EXAMPLES / "yunxiu-2021.txt"))
    lines = [
        {"id": "a", "question": "云岫市2021年不掌握的有几件", "dialogue": 1, "turn": 1},
        {"id": "b", "question": "那企业呢", "dialogue": 1, "turn": 2},
        {"id": "c", "question": "那企业呢"},
    ]
    questions = tmp_path / "q.jsonl"
    questions.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    status, out, _ = run("ask", "--batch", str(questions))
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [a["id"] for a in answers] == ["a", "b", "c"]
    assert answers[1]["figures"][0]["address"] == "t3.unable_not_held.commercial_enterprise"
    assert answers[2]["value"] is None or answers[2]["figures"][0]["row"] == "new"


def test_other_text_among_reports_fails_no_build(own_store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((EXAMPLES / "yunxiu-2021.txt").read_bytes())
    for number in range(7):
        (tmp_path / f"note{number}.md").write_text(f"第{number}次会，请带笔记本。\n", "utf-8")
    status, out, err = run("build", str(tmp_path))
    assert (status, out.startswith("新增 1，非年报 7。")) == (0, True)
    assert len(err.splitlines()) == 1
    assert err.startswith("不是年度报告，未收录：") and "等 7 个文件" in err
    (tmp_path / "甲局年报.md").write_text("见附件。\n", "utf-8")
    status, out, err = run("build", str(tmp_path))
    assert (status, out.startswith("未变 1，非年报 7，失败 1。")) == (2, True)
    assert "甲局年报.md: 没有找到年度报告" in err


def test_an_empty_question_asks_for_one_even_where_nothing_is_indexed(
    own_store: Path, tmp_path: Path
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "a", "question": " "}\n', "utf-8")
    Ledger(own_store, create=True).close()
    for arguments in (["（）"], ["", "--json"], ["--batch", str(questions)]):
        status, out, _ = run("ask", *arguments)
        assert (status, "请写出要问的问题" in out) == (0, True), arguments


def test_check_json_needs_no_store(own_store: Path) -> None:
    status, out, _ = run("check", "--json", str(EXAMPLES / "linxi-shuiwu-2020.txt"))
    (report,) = json.loads(out)["reports"]
    assert status == 0
    assert (report["org"], report["year"], report["format"]) == ("临溪县水务局", 2020, "2019")
    failing = [c["id"] for c in report["checks"] if c["outcome"] == "fails"]
    assert failing == ["T3-BAL@total", "T3-ROW@new", "S-RECEIVED@p7.n1"]
    assert not own_store.exists()


def test_check_can_gate_a_pipeline() -> None:
    assert run("check", "--fail", str(EXAMPLES / "linxi-shuiwu-2020.txt"))[0] == 1
    assert run("check", "--fail", str(EXAMPLES / "yunxiu-2021.txt"))[0] == 0


def test_body_and_year_can_be_set(own_store: Path) -> None:
    path = str(EXAMPLES / "yimaban-2023.txt")
    run("build", path, "--body", "青棠区政务服务中心", "--year", "2022")
    assert "青棠区政务服务中心2022年" in run("reports")[1]


def test_archives_and_standard_input_are_checked_and_built(own_store: Path, tmp_path: Path) -> None:
    archive = tmp_path / "年报.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(EXAMPLES / "yunxiu-2021.txt", "2021/a.txt")
        file.writestr("2021/b.txt", b"")
        file.write(EXAMPLES / "linxi-shuiwu-2020.txt", "c.txt")
    piped = (EXAMPLES / "yimaban-2023.txt").read_bytes()
    status, out, err = run("check", "--json", str(archive), "-", stdin=piped)
    assert status == 2
    assert [r["source_file"] for r in json.loads(out)["reports"]] == ["a.txt", "c.txt", "stdin.txt"]
    assert err.startswith(f"错误 error: {archive}/2021/b.txt: 文件是空的 (the file is empty).")
    status, out, err = run("build", str(archive), "-", "--name", "年报.txt", stdin=piped)
    assert (status, out.startswith("新增 3，失败 1")) == (2, True)
    assert run("build", str(archive))[1].startswith("未变 2，失败 1")
    assert "[年报.txt]" in run("reports")[1]
    status, out, _ = run("check", "-", "--body", "青棠区数据局", "--year", "2022", stdin=piped)
    assert (status, out.startswith("青棠区数据局2022年  [stdin.txt]")) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "-", str(EXAMPLES / "yunxiu-2021.txt"), "--year", "2022"),
        ("build", str(EXAMPLES), "--body", "青棠区数据局"),
        ("check", str(EXAMPLES / "yunxiu-2021.txt"), "--name", "x.txt"),
    ],
)
def test_options_that_do_not_fit_are_told(own_store: Path, arguments: tuple[str, ...]) -> None:
    status, _, err = run(*arguments, stdin=b"x")
    assert (status, err.startswith("错误 error:"), len(err.splitlines())) == (2, True, 1)
    assert not own_store.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 40, "图片"),
        (bytes(range(32)) * 40, "不是文本文件"),
        ("今天天气很好。".encode(), "没有找到年度报告"),
        (b"\xff" * 400, "编码"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_nothing(
    own_store: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    status, _, err = run("build", str(bad))
    assert status == 2
    assert words in err
    assert "bad.txt" in err
    assert "Traceback" not in err
    assert "共 0 份" in run("reports")[1]
    status, _, err = run("check", str(bad))
    assert (status, words in err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "问题"),
        ("reports",),
        ("cite", "文字"),
        ("rebuild",),
        ("build", "no-such-folder"),
        ("ask",),
        ("ask", "--batch", "no-such-file"),
        ("check", "no-such-file"),
        ("eval", "no-such-file"),
    ],
)
def test_errors_end_with_status_2_and_the_next_step(
    own_store: Path, arguments: tuple[str, ...]
) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert err.startswith("错误 error:")
    assert len(err.splitlines()) == 1


def test_a_bad_line_of_a_batch_is_named(own_store: Path, tmp_path: Path) -> None:
    run("build", str(EXAMPLES / "yunxiu-2021.txt"))
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": 1, "question": "你好"}\n{broken\n', "utf-8")
    status, out, err = run("ask", "--batch", str(questions))
    assert (status, out) == (2, "")
    assert "q.jsonl:2" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", str(EXAMPLES / "yunxiu-2021.txt")],
        ["ask", "青棠区财政局2023年新收申请多少件"],
        ["draft", "云岫", "2023"],
    ],
)
def test_a_check_a_figure_question_and_a_draft_import_nothing_heavy(
    example_store: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("GOUJI_STORE", str(example_store))
    monkeypatch.setenv("GOUJI_MODEL", "openai:m")  # set up by the first question that needs it
    done = subprocess.run(
        [sys.executable, "-c", LIGHT.format(arguments=arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "HEAVY []"
    assert len(done.stdout.splitlines()) > 1


def test_an_older_table_is_marked_in_the_list_and_in_a_check(own_store: Path) -> None:
    path = EXAMPLES / "jichuan-2017.txt"
    status, _, _ = run("build", str(path), str(EXAMPLES / "yunxiu-2021.txt"))
    assert status == 0
    listed = {line.split("年")[0]: line for line in run("reports")[1].splitlines()}
    assert "2014年表式（旧统计表，不与表三比较）" in listed["霁川县人民政府2017"]
    assert "2021年表式 " in listed["云岫市人民政府2021"]
    assert "不可直接比较" in run("check", str(path))[1]


def test_a_check_prints_what_asks_for_an_explanation_apart_from_errors(tmp_path: Path) -> None:
    text = (EXAMPLES / "jichuan-2017.txt").read_text("utf-8")
    path = tmp_path / "a.txt"
    path.write_text(text.replace("新闻发布会次数\n次\n2\n", "新闻发布会次数\n次\n20\n"), "utf-8")
    status, out, _ = run("check", str(path), "--fail")
    assert status == 0
    (line,) = [line for line in out.splitlines() if "A-BRIEFINGS" in line]
    assert line.startswith("  ? ") and line.endswith("9 < 20")
    assert "✗" not in out


NEW = "青棠区财政局2023年新收申请多少件"


def bank(folder: Path, *expected: dict[str, object]) -> str:
    """A question file over one report, the same question with each expectation."""
    place = {
        "seed": "qingtang-caizheng-2023.txt",
        "table": "三",
        "row": "一、本年新收政府信息公开申请数量",
    }
    lines = [
        {"id": i, "lang": "zh-Hans", "question": NEW, "expect": {"unit": "件", **place, **expect}}
        for i, expect in enumerate(expected)
    ]
    path = folder / "bank.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return str(path)


def test_eval_counts_and_tells_what_is_not_right(
    example_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_STORE", str(example_store))
    questions = bank(tmp_path, {"kind": "figure", "value": 43}, {"kind": "figure", "value": 44})
    status, out, err = run("eval", questions)
    assert (status, err) == (0, "")
    assert [line.split() for line in out.splitlines()[1:]] == [
        ["kind", "figure", "2", "1", "1", "0"],
        ["language", "zh-Hans", "2", "1", "1", "0"],
        ["total", "total", "2", "1", "1", "0"],
    ]
    told = run("eval", questions, "--verbose")[1].splitlines()
    assert told[0] == f"✗ 1 [figure，错数 wrong figure] {NEW}"
    assert "44件" in told[1]
    assert "43件" in told[2]
    assert "本年新收政府信息公开申请数量" in told[3]
    data = json.loads(run("eval", questions, "--json")[1])
    assert data["counts"][-1]["wrong_figures"] == 1
    assert [one["id"] for one in data["not_right"]] == ["1"]
    assert run("eval", questions, "--min-correct", "1", "--max-wrong", "1")[0] == 0
    assert run("eval", questions, "--min-correct", "2")[0] == 1
    assert run("eval", questions, "--max-wrong", "0")[0] == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "a1", "question": "你好"}', "a1"),
        ('{"id": "a1", "question": "你好", "expect": {"kind": "guess"}}', "guess"),
        ('{"id": "a1", "question": "你好", "expect": {"kind": "figure"}}', "value"),
        ('{"id": "a1", "question"', "bank.jsonl:1"),
        ("", "空"),
    ],
)
def test_eval_names_what_it_cannot_read(
    example_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.setenv("GOUJI_STORE", str(example_store))
    path = tmp_path / "bank.jsonl"
    path.write_text(line, "utf-8")
    status, out, err = run("eval", str(path))
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert words in err
    assert "bank.jsonl" in err
