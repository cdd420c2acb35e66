"""What the pages are made of, as text: nothing here opens a browser or imports gradio."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Kind, Language, ModelUse, Role
from assistant.web import catalogue, source
from assistant.web.conversation import Conversation, Turn, messages
from assistant.web.equation import equation
from assistant.web.evidence import MOST_EXHIBITS, panel
from assistant.web.markup import chat_esc, el, esc
from assistant.web.words_en import EN
from assistant.web.words_zh import ZH
from index.context import FigureKind
from index.errors import GoujiError
from index.report import Outcome, Report, Status, card_of
from index.script import to_traditional

from .conftest import TOLD, cite, failing_parts, ranked, tell, told

if TYPE_CHECKING:
    from assistant.web.desk import Desk

ALLOWED = {
    *("a", "b", "blockquote", "br", "button", "code", "details", "div", "dl", "dt", "dd", "h3"),
    *("figcaption", "figure", "ol"),
    *("h4", "i", "input", "label", "li", "mark", "p", "pre", "section", "small", "span"),
    *("strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
FAILING = {
    "t3.new.total",
    "t3.carried_in.total",
    "t3.result_total.total",
    "t3.carried_out.total",
}


class Seen(HTMLParser):
    """Elements with their attributes and text, as a browser would build them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[list[str]] = []
        self._open: list[int] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append([])
        if tag not in {"br", "input"}:
            self._open.append(len(self.texts) - 1)

    def handle_endtag(self, tag: str) -> None:
        opened = self._open.pop()
        assert self.elements[opened][0] == tag, f"{tag} closes {self.elements[opened]}"

    def handle_data(self, data: str) -> None:
        for opened in self._open:
            self.texts[opened].append(data)

    def by_class(self, name: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (attrs, "".join(text))
            for (_, attrs), text in zip(self.elements, self.texts, strict=True)
            if name in (attrs.get("class") or "").split()
        ]


def text_of(markup: str) -> str:
    return "".join(Seen(el("div", markup)).texts[0])


def shown(desk: Any, question: str, w: Any = ZH) -> Seen:
    return Seen(panel(desk.ask(question, []), 0, desk.report, w, question))


def said(desk: Any, question: str) -> str:
    turn = Turn(question, desk.ask(question, []))
    return str(messages(Conversation(turns=[turn]), ZH)[1]["content"])


# ---------------------------------------------------------------- untrusted text


@pytest.mark.parametrize("w", [ZH, EN], ids=["zh", "en"])
def test_a_hostile_report_adds_no_element(evil: Report, desk: Desk, w: Any) -> None:
    pieces = [
        panel(desk.ask("坏", []), 0, desk.report, w, evil.title),
        catalogue.report_view(evil, w),
        catalogue.card_list([card_of(evil)], w),
        catalogue.notice(evil.title),
    ]
    for piece in pieces:
        seen = Seen(piece)
        assert {tag for tag, _ in seen.elements} <= ALLOWED
        for _, attrs in seen.elements:
            assert not [name for name in attrs if name.startswith("on")]
            assert (attrs.get("href") or "#").startswith("#")
            assert "src" not in attrs


def test_the_chat_gives_markdown_nothing_to_read(evil: Report, desk: Desk) -> None:
    content = said(desk, "坏")
    assert "\n" not in content
    for structure in ("![", "](", "```", "http:", "$$", "{{", "${", "**"):
        assert structure not in content
    assert {tag for tag, _ in Seen(content).elements} <= {"div", "p", "a", "br"}
    assert evil.passages[0].text.split("\n")[0] in text_of(content)


@given(st.text())
def test_escaped_text_is_still_the_text(text: str) -> None:
    assert "<" not in esc(text)
    chat = chat_esc(text)
    assert not set(chat.replace("<br>", "")) & set("<>\"'`*_[]()!~|\\{}$\n")
    spaced = "".join(" " if c.isascii() and not c.isprintable() and c != "\n" else c for c in text)
    assert text_of(chat.replace("<br>", "\n")) == spaced


def test_a_question_is_shown_as_it_was_typed() -> None:
    talk = Conversation(turns=[Turn("<b>粗</b> *斜*")])
    question, waiting = messages(talk, ZH)
    assert text_of(question["content"]) == "<b>粗</b> *斜*"
    assert ZH.working in text_of(waiting["content"])


# ---------------------------------------------------------------- the table


def test_the_answered_cell_is_lit_and_only_it(desk: Desk) -> None:
    seen = shown(desk, "青溪")
    lit = seen.by_class("gj-lit")
    assert [attrs["data-address"] for attrs, _ in lit] == ["t3.carried_out.total"]
    assert lit[0][1].startswith("3") and ZH.answer_cell in lit[0][1]
    assert "已验证" in (lit[0][0]["title"] or "")


def test_neighbours_stay_and_far_rows_are_folded_but_there(desk: Desk, good: Report) -> None:
    seen = shown(desk, "青溪")
    addresses = {attrs.get("data-address") for _, attrs in seen.elements}
    assert {f.address for f in good.figures if f.table == "t3"} <= addresses
    (_, folded), *_ = seen.by_class("gj-fold")
    assert "属于国家秘密" in folded
    assert "（七）总计" not in folded and "一、本年新收" not in folded


def test_heads_of_the_form_stand_over_rows_and_columns(good: Report) -> None:
    seen = Seen(catalogue.report_view(good, ZH))
    heads = {text: attrs for (tag, attrs), text in _texts(seen) if tag == "th"}
    assert heads["法人或其他组织"]["colspan"] == "5"
    assert "（三）不予公开" in heads and "行政诉讼" in heads
    assert len([1 for text in heads if text == "1.属于国家秘密"]) == 1


def _texts(seen: Seen) -> list[tuple[tuple[str, dict[str, str | None]], str]]:
    return [(e, "".join(t)) for e, t in zip(seen.elements, seen.texts, strict=True)]


def test_every_cell_says_its_status_in_colour_and_in_words(evil: Report) -> None:
    seen = Seen(catalogue.report_view(evil, ZH))
    cells = {attrs["data-address"]: (attrs, text) for attrs, text in _cells(seen)}
    for figure in evil.figures:
        attrs, text = cells[figure.address]
        assert f"gj-s-{figure.status}" in (attrs["class"] or "")
        assert ZH.statuses[figure.status].sign in text
        assert ZH.statuses[figure.status].word in (attrs["title"] or "")


def _cells(seen: Seen) -> list[tuple[dict[str, str | None], str]]:
    return [(attrs, text) for (tag, attrs), text in _texts(seen) if "data-address" in attrs]


def test_an_open_cell_shows_its_candidates_and_a_proven_blank_its_proof(evil: Report) -> None:
    cells = {a["data-address"]: t for a, t in _cells(Seen(catalogue.report_view(evil, ZH)))}
    assert "3 / 5" in cells["t3.new.natural_person"]
    assert "/" in cells["t3.new.commercial_enterprise"]
    assert "0" in cells["t3.new.research_institution"]
    assert "空白" in cells["t3.new.research_institution"]


# ---------------------------------------------------------------- the equation


def test_a_failing_equation_is_written_out_with_its_cells_outlined(desk: Desk) -> None:
    seen = shown(desk, "临川")
    ((_, text),) = seen.by_class("gj-eq-sides")
    numbers = [part for part in text.replace("\xa0", " ").split() if part[-1] in "0123456789=+≠"]
    assert " ".join(numbers) == "161 + 2 = 163 ≠ 159 + 2 = 161"
    assert "（七）总计" in text and "四、结转下年度继续办理" in text
    broken = {attrs["data-address"] for attrs, _ in seen.by_class("gj-broken")}
    assert broken == FAILING
    ((asked, _),) = seen.by_class("gj-asked")
    assert asked["data-address"] == "t3.carried_out.total"
    assert "相差 2" in seen.by_class("gj-eq-foot")[0][1]
    assert not seen.by_class("gj-answer")


def test_an_equation_without_its_report_is_still_shown(bad: Report, desk: Desk) -> None:
    answer = desk.ask("临川", []).model_copy(update={"figures": ()})
    seen = Seen(panel(answer, 0, desk.report, ZH))
    assert seen.by_class("gj-eq")
    assert "163" in equation(bad.checks[0], EN) and "new + carried over" in equation(
        bad.checks[0], EN
    )


def test_a_report_that_is_gone_is_named(desk: Desk) -> None:
    def gone(_: str) -> Report:
        raise GoujiError("已被删除", advice="请重建。")

    seen = Seen(panel(desk.ask("青溪", []), 0, gone, ZH))
    ((_, text),) = seen.by_class("gj-warn")
    assert "青溪市2021.txt" in text and "请重建。" in text


def test_the_checks_that_prove_a_figure_stand_under_its_table(
    bad: Report, good: Report, desk: Desk
) -> None:
    holds = bad.checks[0].model_copy(
        update={"outcome": Outcome.HOLDS, "equation": "12 + 1 = 13 = 10 + 3 = 13"}
    )
    proven = good.model_copy(update={"checks": (holds,)})
    answer = desk.ask("青溪", []).model_copy(update={"checks": (holds,)})
    ((_, text),) = Seen(panel(answer, 0, lambda _: proven, ZH)).by_class("gj-proof")
    assert "T3-BAL" in text and "12 + 1 = 13 = 10 + 3 = 13" in text


# ---------------------------------------------------------------- the source


@given(st.text(min_size=1), st.data())
def test_marked_source_gives_back_what_is_printed(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    start, end = sorted((data.draw(place), data.draw(place)))
    marks = data.draw(st.lists(st.tuples(place, place), max_size=4))
    markup = source.marked(text, (start, end), marks)
    printed = text[start:end]
    if not set(printed) & set("\r\x00"):
        assert text_of(markup) == printed
    marked = "".join(t for (tag, _), t in _texts(Seen(markup)) if tag == "mark")
    inside = {i for a, b in marks for i in range(max(a, start), min(b, end))}
    assert len(marked) == len(inside) or set(printed) & set("\r\x00")


def test_the_row_is_quoted_with_the_printed_words_marked(desk: Desk, good: Report) -> None:
    seen = shown(desk, "青溪")
    figure = good.figure("t3.carried_out.total")
    assert figure is not None and figure.row_span is not None
    ((_, body),) = seen.by_class("gj-src-body")
    assert body == good.text[slice(*figure.row_span)]
    assert [t for (tag, _), t in _texts(seen) if tag == "mark"] == ["3"]
    ((_, place),) = seen.by_class("gj-place")
    start, end = figure.row_span
    assert "青溪市2021.txt" in place
    assert "三、收到和处理情况" in place
    assert f"字符 {start:,}–{end:,}" in place


def test_a_passage_is_quoted_as_printed_with_its_words_marked(desk: Desk, evil: Report) -> None:
    seen = shown(desk, "坏")
    ((_, quote),) = seen.by_class("gj-src")
    assert quote == evil.passages[0].text
    assert [t for (tag, _), t in _texts(seen) if tag == "mark"] == ["<script>"]


# ---------------------------------------------------------------- the chat and the rest


def test_a_citation_told_in_traditional_script_is_a_link_too(desk: Desk) -> None:
    plain = desk.ask("青溪", [])
    script = {"language": Language.HANT, "text": to_traditional(plain.text)}
    turn = Turn("青溪", plain.model_copy(update=script))
    content = str(messages(Conversation(turns=[turn]), ZH)[1]["content"])
    links = [a["href"] for tag, a in Seen(content).elements if a.get("class") == "gj-cite"]
    assert links == ["#gj-0-0"]


def test_an_answer_says_its_status_how_it_was_understood_and_links_its_citation(
    desk: Desk,
) -> None:
    content = said(desk, "青溪")
    text = text_of(content)
    assert "✓ 已验证" in text
    assert "理解为：青溪市2021年 · 表三 · 结转下年度继续办理 · 总计" in text
    links = {a["href"] for tag, a in Seen(content).elements if tag == "a"}
    assert links == {"#gj-0-0", "#gj-0", "#gj-copy"}
    assert any(a.get("id") == "gj-0-0" for _, a in shown(desk, "青溪").elements)


def test_a_draft_is_called_one_and_no_quotation(desk: Desk, good: Report) -> None:
    talk = Conversation(turns=[Turn("正文", desk.ask("坏", []))])
    assert ZH.kinds["passage"] in messages(talk, ZH)[-1]["content"]
    quotation = desk.ask("坏", [])
    draft = quotation.model_copy(update={"text": "新写的一句。"})
    talk = Conversation(turns=[Turn("起草", draft)])
    content = messages(talk, ZH)[-1]["content"]
    assert ZH.drafted in content and ZH.kinds["passage"] not in content


def test_figures_of_one_report_name_it_once(desk: Desk, good: Report, later: Report) -> None:
    answer = desk.ask("临川", []).model_copy(update={"kind": Kind.LIST, "refusal": None})
    alone = panel(answer, 0, desk.report, ZH)
    used = alone.split('class="gj-used"')[1].split("</table>")[0]
    assert ZH.report_column not in used and "临川县2022年" not in used
    assert f"{ZH.used}<small>临川县2022年</small>" in alone
    several = panel(ranked(good, later), 0, desk.report, ZH)
    assert ZH.report_column in several.split('class="gj-used"')[1]


def test_what_a_model_had_to_do_with_an_answer_is_said_with_its_cost(desk: Desk) -> None:
    use = ModelUse(understood="<b>闭门羹</b>", calls=2, tokens=3017, trouble="连不上 <b>")
    answer = desk.ask("青溪", []).model_copy(update={"model": use})
    content = messages(Conversation(turns=[Turn("青溪", answer)]), ZH)[1]["content"]
    text = text_of(content)
    assert "语言模型：问题由它理解 · 连不上 <b> · 2 次调用，3017 词元" in text
    assert "概括由它写" not in text
    assert "<b>" not in content


def test_a_clarification_offers_each_report_with_its_definite_question(desk: Desk) -> None:
    turn = Turn("新收多少", desk.ask("新收多少", []))
    message = messages(Conversation(turns=[turn]), ZH)[1]
    assert message["options"][0] == {
        "value": "青溪市2021年结转下年度继续办理多少件？",
        "label": "青溪市2021年",
    }
    assert len(message["options"]) == 3


def test_the_list_counts_statuses_and_failing_checks(bad: Report, good: Report) -> None:
    seen = Seen(catalogue.card_list([card_of(bad), card_of(good)], ZH))
    first, second = seen.by_class("gj-card")
    assert first[0]["data-report"] == "bad" and first[0]["data-failing"] == "1"
    assert "≠ 1 处不平" in first[1] and "≠ 不平 4" in first[1]
    assert second[0]["data-failing"] == "0" and "无不平" in second[1]


def test_alternatives_are_offered_as_written(desk: Desk) -> None:
    message = messages(Conversation(turns=[Turn("青溪", desk.ask("青溪", []))]), ZH)[1]
    assert [o["value"] for o in message["options"]] == [
        "青溪的正文说了多少家？",
        "临川县2022年结转下年度多少件？",
    ]
    assert ZH.did_you_mean in text_of(message["content"])
    plain = messages(Conversation(turns=[Turn("临川", desk.ask("临川", []))]), ZH)[1]
    assert "options" not in plain and ZH.did_you_mean not in text_of(plain["content"])


# ---------------------------------------------------------------- numbers of running text


def test_a_number_of_the_text_says_hedge_scope_and_time_beside_its_paragraph() -> None:
    report = tell(Status.PRINTED)
    seen = Seen(panel(told(report), 0, lambda _: report, ZH))
    ((_, facts),) = seen.by_class("gj-number")
    for part in ("参加单位", "约30家", "约数", "“约”", "全市", "全年", "¶ 正文所载"):
        assert part in facts
    ((_, body),) = seen.by_class("gj-src-body")
    assert body == TOLD
    ((_, sentence),) = seen.by_class("gj-sentence")
    assert sentence == "全市约30家单位参加，<b>甲</b>类12家，乙类17家。"
    assert [t for (tag, _), t in _texts(seen) if tag == "mark"] == ["约30家"]
    assert not seen.by_class("gj-passage")
    assert any(a.get("id") == "gj-0-0" for _, a in seen.elements)


def test_a_refused_number_of_the_text_shows_the_equation_and_its_numbers_in_red() -> None:
    report = tell(Status.FAILED, failing_parts())
    seen = Seen(panel(told(report, Kind.REFUSAL), 0, lambda _: report, ZH))
    ((_, sides),) = seen.by_class("gj-eq-sides")
    assert "".join(c for c in sides if c in "0123456789=+≠") == "30≠12+17=29"
    assert "相差 1" in seen.by_class("gj-eq-foot")[0][1]
    assert [t for _, t in seen.by_class("gj-red")] == ["约30家", "12家", "17家"]
    assert "正文的数对不上" in seen.by_class("gj-number")[0][1]


def test_an_equation_that_holds_in_the_text_stands_in_green_under_it() -> None:
    holds = failing_parts().model_copy(
        update={"outcome": Outcome.HOLDS, "equation": "30 = 12 + 18 = 30"}
    )
    report = tell(Status.VERIFIED, holds)
    seen = Seen(panel(told(report), 0, lambda _: report, ZH))
    assert "30 = 12 + 18 = 30" in seen.by_class("gj-proof")[0][1]
    assert not seen.by_class("gj-eq") and not seen.by_class("gj-red")
    content = str(messages(Conversation(turns=[Turn("?", told(report))]), ZH)[1]["content"])
    assert "✓ 与正文的其他数相符" in text_of(content)


# ---------------------------------------------------------------- bars


def _bars(seen: Seen) -> list[tuple[str, str, str]]:
    names, values = seen.by_class("gj-bar-name"), seen.by_class("gj-bar-value")
    tracks = seen.by_class("gj-hbar")
    return [
        (n, a["style"] or "", v)
        for (_, n), (a, _), (_, v) in zip(names, tracks, values, strict=True)
    ]


def test_a_ranking_is_drawn_as_bars_in_its_order(good: Report, bad: Report) -> None:
    sound = bad.model_copy(
        update={
            "figures": tuple(f.model_copy(update={"status": Status.VERIFIED}) for f in bad.figures)
        }
    )
    kept = {r.id: r for r in (good, sound)}
    seen = Seen(panel(ranked(*kept.values()), 0, kept.__getitem__, ZH))
    assert _bars(seen) == [
        ("临川县2022年", "width:100%", "159 件✓"),
        ("青溪市2021年", "width:6%", "10 件✓"),
    ]
    ((first, _), _) = seen.by_class("gj-track")
    assert first["role"] == "img" and first["aria-label"] == "临川县2022年：159 件，为最大值的 100%"
    assert not seen.by_class("gj-formula")
    targets = {a["href"] for a, _ in seen.by_class("gj-bar-name")}
    assert targets <= {f"#{a.get('id')}" for _, a in seen.elements}


def test_years_of_one_body_stand_in_their_order(desk: Desk) -> None:
    assert [name for name, _, _ in _bars(shown(desk, "排名"))] == ["青溪市2021年", "青溪市2022年"]


def test_what_may_not_be_stated_or_compared_is_not_drawn(good: Report, bad: Report) -> None:
    kept = {r.id: r for r in (good, bad)}
    failed = ranked(*kept.values())
    assert not Seen(panel(failed, 0, kept.__getitem__, ZH)).by_class("gj-chart")
    first = failed.figures[1]
    units = (first, first.model_copy(update={"report": "bad", "unit": "项"}))
    mixed = failed.model_copy(update={"figures": units})
    assert not Seen(panel(mixed, 0, kept.__getitem__, ZH)).by_class("gj-chart")


def test_a_hostile_name_in_a_chart_is_text(evil: Report, good: Report) -> None:
    kept = {r.id: r for r in (evil, good)}
    seen = Seen(panel(ranked(evil, good), 0, kept.__getitem__, ZH))
    assert seen.by_class("gj-chart")
    assert {tag for tag, _ in seen.elements} <= ALLOWED


def test_a_formula_is_written_as_on_paper(good: Report, later: Report) -> None:
    kept = {r.id: r for r in (good, later)}
    answer = ranked(good, later).model_copy(update={"formula": "4 - 10 = -6; -6 / 10 * 100 = -60"})
    ((_, text),) = Seen(panel(answer, 0, kept.__getitem__, ZH)).by_class("gj-formula")
    assert "4 − 10 = −6； −6 ÷ 10 × 100 = −60" in text


def test_every_citation_of_many_reports_opens_something(good: Report) -> None:
    made = [
        good.model_copy(update={"id": f"r{n}", "title": f"第{n}县2021年"})
        for n in range(MOST_EXHIBITS + 3)
    ]
    kept = {r.id: r for r in made}
    answer = ranked(*made)
    answer = answer.model_copy(update={"text": "".join(f.citation for f in answer.figures)})
    seen = Seen(panel(answer, 0, kept.__getitem__, ZH))
    elements = [a["id"] for _, a in seen.elements if a.get("id")]
    assert len(elements) == len(set(elements)) == len(made)
    turn = Turn("?", answer)
    chat = Seen(str(messages(Conversation(turns=[turn]), ZH)[1]["content"]))
    for attrs, _ in (*seen.by_class("gj-bar-name"), *chat.by_class("gj-cite")):
        assert (attrs["href"] or "")[1:] in elements
    assert len(chat.by_class("gj-cite")) == len(made)
    assert ZH.all_evidence.format(n=MOST_EXHIBITS) in _summaries(seen)
    assert [text for _, text in seen.by_class("gj-hint")].count(ZH.bars_more.format(n=3)) == 2


def _summaries(seen: Seen) -> list[str]:
    return [text for (tag, _), text in _texts(seen) if tag == "summary"]


def test_each_number_of_a_paragraph_opens_it() -> None:
    report = tell(Status.PRINTED)
    numbers = [cite(report, f.address, Role.ANSWER, f"[{n}]") for n, f in enumerate(report.figures)]
    answer = told(report).model_copy(update={"figures": tuple(numbers), "kind": Kind.LIST})
    seen = Seen(panel(answer, 0, lambda _: report, ZH))
    elements = {a.get("id") for _, a in seen.elements}
    assert {"gj-0-0", "gj-0-1", "gj-0-2"} <= elements


def test_a_change_says_what_changed_and_a_part_its_whole() -> None:
    report = tell(Status.PRINTED)
    total, part, other = report.figures
    assert part.prose is not None and other.prose is not None
    of = {"of": total.address.removeprefix("prose.")}
    told_of = {"kind": FigureKind.CHANGE, **of}
    figures = (
        total,
        part.model_copy(update={"prose": part.prose.model_copy(update=of)}),
        other.model_copy(update={"prose": other.prose.model_copy(update=told_of)}),
    )
    linked = report.model_copy(update={"figures": figures})
    answer = told(linked).model_copy(
        update={"figures": tuple(cite(linked, f.address, Role.ANSWER) for f in figures)}
    )
    seen = Seen(panel(answer, 0, lambda _: linked, ZH))
    _, of_part, of_change = (text for _, text in seen.by_class("gj-number"))
    assert f"{ZH.whole}参加单位 30家" in of_part and ZH.changed not in of_part
    assert f"{ZH.changed}参加单位 30家" in of_change and ZH.whole not in of_change


def test_bars_of_running_text_say_no_more_than_its_words_do() -> None:
    report = tell(Status.VERIFIED)
    numbers = tuple(cite(report, f.address, Role.ANSWER) for f in report.figures)
    answer = told(report).model_copy(update={"figures": numbers, "kind": Kind.COMPARE})
    seen = Seen(panel(answer, 0, lambda _: report, ZH))
    signs = [attrs for attrs, _ in seen.by_class("gj-sign")]
    assert len(signs) == len(numbers)
    assert {attrs["aria-label"] for attrs in signs} == {ZH.prose_statuses[Status.VERIFIED]}
