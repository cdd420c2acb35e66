"""Faults that were once there: rows torn, repeated or reordered, killed builds, odd labels."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.amounts import Amount, parse_amount
from index.build import build, rebuild
from index.errors import FormatError, NoStore, UnreadableFile
from index.formats import FOLDER, load_form, load_forms
from index.read.text import read_text
from index.report import TRUSTED
from index.script import detect_script
from index.storage.ledger import Ledger
from index.storage.store import FIGURES, PASSAGES, VectorStore, figure_records, passage_records
from index.tables.labels import LabelIndex
from tests.index.helpers import (
    FORMS,
    FakeEmbedder,
    balanced,
    example,
    figures,
    lines,
    padded,
    pipes,
    report,
    table_four,
    table_three,
    tables,
    tabs,
)

SOURCE = (FOLDER / "2021.yaml").read_text("utf-8")
TITLE = "雾川市人民政府2023年政府信息公开工作年度报告\n"
ONE = "一、总体情况\n本年度工作平稳有序，依法办理申请，未发生责任追究情形。\n"
TWO = "二、主动公开政府信息情况\n"
THREE = "三、收到和处理政府信息公开申请情况\n"
FOUR = "四、政府信息公开行政复议、行政诉讼情况\n"
END = (
    "五、存在的主要问题及改进情况\n问题是人手不足，办理时间偏长。\n"
    "六、其他需要报告的事项\n没有其他事项。\n"
)


def trusted(found, address):
    f = found.get(address)
    return None if f is None or f.status not in TRUSTED else f.value


# -- A. a wrong or unproven figure is trusted --------------------------------------------------


def test_wan_in_a_wan_yuan_column():
    got = figures(
        tables("第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n3万\n")
    )
    f = got["t2.fees.amount"]
    assert (f.value, f.unit) in [(3, "万元"), (30000, "元"), (None, f.unit)]


@pytest.mark.parametrize("printed", ["5²", "5①", "5¹"])
def test_a_footnote_mark_is_no_digit(printed):
    amount = parse_amount(printed)
    assert amount is not None and amount.value in (5, None)


def test_outcomes_of_table_four_in_another_order():
    rows = table_four(["1", "2", "0", "0", "3", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"])
    k = [r[0] for r in rows].index("结果维持")
    rows[k], rows[k + 1] = rows[k + 1], rows[k]  # 结果纠正 now stands first
    got = figures(tables(lines(rows)))
    assert trusted(got, "t4.review.upheld") in (None, 2)


@pytest.mark.parametrize("layout", [lines, pipes])
def test_columns_of_table_three_in_another_order(layout):
    head = [
        ["申请人情况"],
        ["自然人"],
        ["法人或其他组织"],
        ["总计"],
        ["科研机构"],
        ["商业企业"],
        ["社会公益组织"],
        ["法律服务机构"],
        ["其他"],
    ]
    text = lines(head)
    if layout is pipes:
        text = "| 申请人情况 | 自然人 | 科研机构 | 商业企业 | 社会公益组织 | 法律服务机构 "
        text += "| 其他 | 总计 |\n"
    got = figures(tables(text + layout(table_three(balanced()))))
    assert trusted(got, "t3.new.commercial_enterprise") in (None, 0)


def test_a_row_cut_by_a_cell_that_is_no_number():
    cells = balanced(carried_in="0 无 0 0 1 0 1")  # printed 1 under 法律服务机构 and 总计
    got = figures(tables(lines(table_three(cells))))
    assert trusted(got, "t3.carried_in.legal_service_org") in (None, 1)


def short(**rows):
    return {
        r.key: rows.get(r.key, "").split() for r in FORMS["2021"].tables.t3.rows if r.cells is True
    }


def test_rows_without_any_value_are_not_zero_unproven():
    cells = short(new="5 3 8", granted="3 3 6", denied_query="2 2", result_total="5 3 8")
    got = figures(tables(padded(table_three(cells))))
    # 8 + ? = 8 + ?: any equal pair satisfies it; the same report with "/" in place of the
    # dropped blanks gives `blank` for all 14.
    assert {got[f"t3.{row}.total"].status.value for row in ("carried_in", "carried_out")} == {
        "blank"
    }


def test_a_blank_row_that_the_balance_needs_is_not_zero():
    cells = short(
        new="5 3 8", granted="3 3 6", denied_query="2 2", result_total="5 3 8", carried_out="2 2"
    )
    got = figures(tables(padded(table_three(cells))))
    # 8 + ? = 8 + 2: not evaluable; got: carried_in proven 0, and 8 + 0 = 8 ≠ 8 + 2 = 10 fails
    assert got["t3.new.total"].status != "failed"
    assert got["t3.carried_in.natural_person"].value is None


T2 = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n"


def test_a_row_of_table_two_printed_twice():
    got = figures(tables(T2 + "规章\n1\n2\n3\n规章\n7\n8\n9\n"))
    assert trusted(got, "t2.rules.issued") is None


def test_a_caption_of_table_two_printed_twice():
    got = figures(tables(T2 + "规章\n1\n2\n3\n" + T2 + "规章\n7\n8\n9\n"))
    assert trusted(got, "t2.rules.issued") is None


def test_a_torn_head_and_a_dropped_blank_in_table_two():
    text = "第二十条第（一）项\n信息内容\n本年制\n发件数\n本年废止件数\n现行有效件数\n规章\n1\n3\n"
    got = figures(tables(text))
    assert trusted(got, "t2.rules.repealed") is None


def test_the_printed_cell_of_a_total_is_its_value():
    cells = short(new="5 3 8 /", granted="3 3 6", denied_query="2 2", result_total="5 3 8")
    f = figures(tables(padded(table_three(cells))))["t3.new.total"]
    assert f.value is None or f.printed == str(f.value)


def test_one_printed_zero_is_not_cited_for_several_cells():
    cells = short(new="5 3 8", granted="3 3 6", denied_query="2 0 2", result_total="5 3 8")
    cells["new"] = cells["result_total"] = ["5", "3", "0", "0", "0", "0", "8"]
    got = figures(tables(padded(table_three(cells))))
    spans = [f.span for f in got.values() if f.row == "denied_query" and f.printed == "0"]
    assert len(spans) == len(set(spans))


# -- B. stores ---------------------------------------------------------------------------------

FAKE = FakeEmbedder()


class Killed(BaseException):
    pass


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("yanting-2023", "yunxiu-2021"):
        shutil.copy(example(name), inside)
    return inside


def run(folder, store, embedder=FAKE):
    return [s.outcome for s in build(sorted(folder.glob("*.txt")), store, embedder)]


def state(store, embedder=FAKE):
    ledger = Ledger(store)
    vectors = VectorStore(store, ledger, embedder)
    kept = wanted = set()
    for name, records in ((FIGURES, figure_records), (PASSAGES, passage_records)):
        wanted = wanted | {k for c in ledger.cards() for k, _, _ in records(ledger.report(c.id))}
        kept = kept | set(vectors._collection(name).get()["ids"])
    result = {
        "available": vectors.available(),
        "missing": len(wanted - kept),
        "orphans": len(kept - wanted),
    }
    ledger.close()
    return result


WHOLE = {"available": True, "missing": 0, "orphans": 0}


def die(monkeypatch, owner, name, act, *, first=False):
    old = getattr(owner, name)

    def method(self, *args, **named):
        if first:
            old(self, *args, **named)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, method)
        with pytest.raises(Killed):
            act()


def test_killed_after_the_vectors_were_noted(folder, own_store, monkeypatch):
    die(monkeypatch, Ledger, "vectors_taken", lambda: run(folder, own_store), first=True)
    run(folder, own_store)
    assert state(own_store) == WHOLE


def change(folder):
    path = folder / "yanting-2023.txt"
    path.write_text(path.read_text("utf-8") + "补充说明一句话，供测试之用。\n", "utf-8")


def test_killed_while_removing_what_was_replaced(folder, own_store, monkeypatch):
    run(folder, own_store)
    change(folder)
    die(monkeypatch, VectorStore, "remove", lambda: run(folder, own_store))
    run(folder, own_store)
    assert state(own_store) == WHOLE


def test_a_file_changed_after_a_killed_build(folder, own_store, monkeypatch):
    run(folder, own_store)
    shutil.copy(example("lanyu-2022"), folder)
    die(monkeypatch, VectorStore, "add", lambda: run(folder, own_store))
    change(folder)
    run(folder, own_store)
    assert state(own_store) == WHOLE


@pytest.mark.parametrize("first", [False, True])
def test_a_rebuild_killed_while_clearing(folder, own_store, monkeypatch, first):
    run(folder, own_store)
    other = FakeEmbedder("other@2")
    other.dimensions = 32
    die(monkeypatch, VectorStore, "clear", lambda: rebuild(own_store, other), first=first)
    run(folder, own_store, other)
    assert state(own_store, other) == WHOLE


def test_rebuilding_nothing_leaves_nothing(tmp_path):
    with pytest.raises(NoStore):
        rebuild(tmp_path / "none", FAKE)
    assert not (tmp_path / "none").exists()


# -- C. what is printed is lost, or is taken for something else ---------------------------------


@pytest.mark.parametrize("layout", [lines, pipes])
@pytest.mark.parametrize("mark", ["/", "—", "-"])
def test_a_table_four_of_blanks_is_fifteen_blanks(layout, mark):
    text = (
        TITLE
        + ONE
        + THREE
        + layout(table_three(balanced()))
        + FOUR
        + layout(table_four([mark] * 15))
        + END
    )
    got = [f for f in report(text).figures if f.table == "t4"]
    assert [(f.status.value, f.printed) for f in got] == [("blank", mark)] * 15


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("（六）其它处理", "other"),
        ("2.其它法律行政法规禁止公开", "denied_other_law"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其它情形）", "partial"),
        ("（二）部分公开（区分处理的，只计这一种情形，不计其他情形）", "partial"),
    ],
)
def test_other_characters_within_a_label(label, key):
    assert LabelIndex(FORMS["2021"].tables.t3.rows).match(label) == key


@pytest.mark.parametrize(
    ("label", "key"), [("2重复申请", "notproc_repeat"), ("1属于国家秘密", "denied_state_secret")]
)
def test_a_number_without_its_stop_is_part_of_the_label(label, key):
    got = figures(tables(lines(table_three(balanced(), labels={key: label}))))
    assert f"t3.{key}.total" in got
    assert {f.status.value for f in got.values()} == {"verified"}


def test_a_short_paragraph_under_table_two_is_a_passage():
    paragraph = "本年度没有发生其他需要说明的信息公开事项。"
    text = (
        TITLE
        + ONE
        + TWO
        + T2
        + f"规章\n1\n2\n3\n{paragraph}\n"
        + THREE
        + lines(table_three(balanced()))
        + END
    )
    assert paragraph in [p.text for p in report(text).passages]


def test_a_short_note_is_a_passage():
    note = "注：含上年结转3件"
    text = TITLE + ONE + THREE + lines(table_three(balanced())) + f"{note}\n" + END
    assert note in [p.text for p in report(text).passages]


@pytest.mark.parametrize(
    "head",
    [
        "雾川市人民政府2023年政府信息公开\n工作年度报告\n",
        "雾川市人民政府2023年\n政府信息公开工作年度报告\n",
        "雾川市人民政府\n2023年\n政府信息公开工作年度报告\n",
    ],
)
def test_a_title_broken_within_its_words(head):
    got = report(head + ONE + TWO + THREE + FOUR + END)
    assert (got.body.value, got.year.value, got.year.confidence.value) == (
        "雾川市人民政府",
        "2023",
        "certain",
    )


def test_a_mere_ending_is_no_body():
    got = report(
        "雾川市人民政府\n办公室\n2023年政府信息公开工作年度报告\n" + ONE + TWO + THREE + FOUR + END
    )
    assert got.body.value in ("雾川市人民政府办公室", None)


def test_about_is_no_part_of_a_name():
    got = report("关于" + TITLE + ONE + TWO + THREE + FOUR + END)
    assert got.body.value == "雾川市人民政府"


def test_half_and_half_is_mixed():
    hant = "瀾嶼市人民政府辦公室負責政務公開工作，總體情況良好，領導重視，處理申請及時。"
    hans = "澜屿市人民政府办公室负责政务公开工作，总体情况良好，领导重视，处理申请及时。"
    assert detect_script(hant + hans) == "mixed"


def test_forms_that_fit_equally_are_not_certain():
    cells = balanced(other="0 0 0 0 0 0 0")
    for child in ("other_no_correction", "other_no_payment", "other_other"):
        del cells[child]
    text = TITLE + ONE + THREE + lines(table_three(cells)) + END  # 2023, no table two
    got = report(text).form
    assert got.value == "2021" or got.confidence.value != "certain"


def test_a_row_of_table_two_without_any_value_is_blank():
    got = figures(
        tables(padded([*[[x] for x in T2.split()], ["规章"], ["行政规范性文件", "1", "0", "4"]]))
    )
    assert {f.status.value for f in got.values() if f.row == "rules"} == {"blank"}


@pytest.mark.parametrize("text", ["\u2212", "\u2010"])
def test_other_dashes_are_blank_too(text):
    assert parse_amount(text) == Amount(None, blank=True)


def test_a_tab_row_with_blanks_only_keeps_its_cells():
    cells = balanced(partial=" ".join("0" * 7))
    cells["partial"] = [""] * 7
    got = figures(tables(tabs(table_three(cells))))
    assert got["t3.partial.natural_person"].span is not None


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xff\xfe", "\u3000\n".encode()])
def test_nothing_but_a_mark_is_empty(data):
    with pytest.raises(UnreadableFile, match="empty"):
        read_text(data, Path("x.txt"))


# -- D. forms ------------------------------------------------------------------------------------


def changed(tmp_path, old, new):
    assert old in SOURCE
    path = tmp_path / "f.yaml"
    path.write_text(SOURCE.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("left: [new, carried_in]", "left: [new, carried_im]"),
        ("scope: [review]", "scope: [reviev]"),
        ("- key: partial", "- key: granted"),
        ("parent: denied", "parent: denyed"),
    ],
)
def test_the_line_is_that_of_the_fault(tmp_path, old, new):
    line = SOURCE[: SOURCE.index(old)].count("\n") + 1
    with pytest.raises(FormatError) as caught:
        load_form(changed(tmp_path, old, new))
    assert abs(int(caught.value.place.split(":")[1]) - line) <= 4  # within the row or identity


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id: "2021"', 'id: "2021\x07"'),
        ('id: "2021"', 'id: !foo "2021"'),
        ('id: "2021"', '? [a, b]\n: c\nid: "2021"'),
    ],
    ids=["control character", "unknown tag", "a list as key"],
)
def test_any_bad_yaml_is_a_format_error(tmp_path, old, new):
    with pytest.raises(FormatError):
        load_form(changed(tmp_path, old, new))


def test_two_files_of_one_id_name_the_file(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SOURCE, "utf-8")
    with pytest.raises(FormatError) as caught:
        load_forms(tmp_path)
    assert "b.yaml" in str(caught.value)
