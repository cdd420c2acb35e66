"""Folding scripts without losing the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.script import (
    detect_script,
    fold,
    fold_same_length,
    label_key,
    to_simplified,
    to_traditional,
)
from tests.index.helpers import EXAMPLES, example

HANT = "瀾嶼市人民政府辦公室負責政務公開工作，總體情況良好，領導重視，處理申請及時。"
HANS = "澜屿市人民政府办公室负责政务公开工作，总体情况良好，领导重视，处理申请及时。"
RESIDUE = ["(lǐng)", "（kāi）", "(zhǎn)", "(xiàng)", "(nǚ)", "(zhuāng)", "(de)", "(le)"]


@given(st.text())
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(fold_same_length(text)) == len(text)
    assert len(to_simplified(text)) == len(text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_folding_keeps_the_length_of_real_wording(path) -> None:
    text = path.read_bytes().decode("gb18030" if "yimaban" in path.name else "utf-8")
    assert len(fold_same_length(text)) == len(text)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("領(lǐng)導", "领导"),
        ("領（lǐng）導", "领导"),
        ("發(fā)〔2019〕60號", "发〔2019〕60号"),
        ("開(kāi)展(zhǎn)工作", "开展工作"),
        ("公開(kāi)的(de)信息", "公开的信息"),
        ("女(nǚ)性", "女性"),
        ("⼀般⾏政⼈", "一般行政人"),
        ("１２：３０", "12:30"),
        ("（一）", "(一)"),
        ("第\u3000一", "第 一"),
    ],
)
def test_what_scraping_left_is_folded_away(printed: str, folded: str) -> None:
    assert fold(printed).text == folded


@pytest.mark.parametrize(
    "text",
    ["信息(PPP)项目", "第(2019)号", "办公室(app)", "公开(zhan)", "AB(fā)", "(lǐng)导", "项(12)目"],
)
def test_brackets_that_are_no_pinyin_stay(text: str) -> None:
    assert fold(text).text == text


def test_a_span_is_the_printed_text_without_residue_at_its_ends() -> None:
    printed = "公開(kāi)領(lǐng)導(dǎo)小組"
    folded = fold(printed)
    at = folded.text.index("领导")
    assert printed[slice(*folded.span(at, at + 2))] == "領(lǐng)導"
    assert printed[slice(*folded.span(0, 2))] == "公開"
    assert printed[slice(*folded.span(0, len(folded.text)))] == printed
    assert folded.span(2, 2) == (7, 7)


CHUNKS = st.lists(
    st.tuples(st.sampled_from("領導公開辦理信息項目小組"), st.sampled_from(["", *RESIDUE])),
    min_size=1,
    max_size=12,
)


@given(CHUNKS, st.data())
def test_every_span_leads_back_past_any_residue(
    chunks: list[tuple[str, str]], data: st.DataObject
) -> None:
    printed = "".join(char + residue for char, residue in chunks)
    places, at = [], 0
    for char, residue in chunks:
        places.append(at)
        at += len(char) + len(residue)
    folded = fold(printed)
    assert folded.text == to_simplified("".join(char for char, _ in chunks))
    start = data.draw(st.integers(0, len(chunks) - 1))
    end = data.draw(st.integers(start + 1, len(chunks)))
    assert folded.span(start, end) == (places[start], places[end - 1] + 1)
    assert fold(printed[slice(*folded.span(start, end))]).text == folded.text[start:end]


@given(st.text(alphabet=st.sampled_from("领导開(lǐngā）（x1 ⼀１"), max_size=30), st.data())
def test_spans_are_in_order_and_within_the_source(printed: str, data: st.DataObject) -> None:
    folded = fold(printed)
    offsets = [folded.offset(i) for i in range(len(folded.text))]
    assert offsets == sorted(set(offsets))
    if folded.text:
        at = data.draw(st.integers(0, len(folded.text) - 1))
        start, end = folded.span(at, at + 1)
        assert end == start + 1
        assert fold_same_length(printed)[start] == folded.text[at]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.危及“三安全一稳定”", "3.危及「三安全一穩定」"),
        ("（七）总计", "(七) 总计"),
        ("本年收费金额（单位：万元）", "本年收費金額(單位:萬元)"),
        ("没有现成信息需要另行制作", "没有现成信息，需要另行制作"),
    ],
)
def test_labels_that_differ_in_dress_only_have_one_key(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(
    "text",
    [
        "法律<br>服务<br/>机构",
        "法律&nbsp;服务&#160;机构",
        "<b>法律</b>服务机构",
        "法律**服务**机构",
    ],
)
def test_markup_is_no_part_of_a_label(text: str) -> None:
    assert label_key(text) == "法律服务机构"


def test_the_script_of_a_text() -> None:
    assert detect_script(HANT) == "zh-Hant"
    assert detect_script(HANS) == "zh-Hans"
    assert detect_script("2019 一二三") == "zh-Hans"
    assert detect_script(HANS * 3 + HANT) == "mixed"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_script_of_each_example(path) -> None:
    text = path.read_bytes().decode("gb18030" if "yimaban" in path.name else "utf-8")
    assert detect_script(text) == ("zh-Hant" if path.stem == "lanyu-2022" else "zh-Hans")


def test_a_few_characters_of_the_other_script_do_not_change_it() -> None:
    text = example("yunxiu-2021").read_text("utf-8")
    assert detect_script(text + "領導") == "zh-Hans"
    assert detect_script(to_traditional(text) + "领导") == "zh-Hant"
