"""The text of a draft: cases of change, gaps, last year's problems, the fee, its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from assistant.answer import numbers_in, plain_number
from assistant.draft import wordings
from assistant.draft.draft import draft_report
from assistant.draft.entries import Figures
from assistant.draft.last_problems import last_problems
from assistant.draft.model import Draft, DraftSentence, Found, SentenceKind
from assistant.draft.narrative import Choices, fee_of
from assistant.draft.self_check import unsupported
from assistant.draft.wordings import Forms, Tell, load_wordings
from index.errors import InputError, LexiconError
from index.reading import read_report
from index.report import Figure, Number, Passage, Report, Status
from tests.assistant.draft.pairs import draft_of, written_pair
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
BODY = "云岫市人民政府"


@pytest.fixture(scope="module")
def last() -> Report:
    return read_report(EXAMPLES / "yunxiu-2021.txt")


def drafted(
    values: Mapping[str, Number], last: Report | None, choices: Choices | None = None
) -> Draft:
    found = {address: Found(value=value, source="x") for address, value in values.items()}
    reports = [last] if last is not None else []
    return draft_report(BODY, 2022, reports, Figures(values=found), choices)


def with_last(report: Report, address: str, **update: object) -> Report:
    """The report with one cell changed."""
    figures = tuple(
        f.model_copy(update=update) if f.address == address else f for f in report.figures
    )
    return report.model_copy(update={"figures": figures})


def text_of(draft: Draft, number: int = 1) -> str:
    return "\n".join(p.text for p in draft.sections[number - 1].paragraphs)


def sentence(draft: Draft, words: str) -> DraftSentence:
    found = [s for section in draft.sections for s in section.sentences if words in s.text]
    assert len(found) == 1, [s.text for s in found]
    return found[0]


# -- every case of change ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (690, 600, f"2022年，{BODY}新收政府信息公开申请690件，比上年增加90件，增长15%。"),
        (500, 600, f"2022年，{BODY}新收政府信息公开申请500件，比上年减少100件，下降16.7%。"),
        (600, 600, f"2022年，{BODY}新收政府信息公开申请600件，与上年持平。"),
        (6, 4, f"2022年，{BODY}新收政府信息公开申请6件，比上年增加2件。"),
        (6, 0, f"2022年，{BODY}新收政府信息公开申请6件，上年未收到申请。"),
        (0, 6, f"2022年，{BODY}未收到政府信息公开申请，上年收到6件。"),
        (0, 0, f"2022年，{BODY}未收到政府信息公开申请，与上年相同。"),
        (6, None, f"2022年，{BODY}新收政府信息公开申请6件。"),
        (0, None, f"2022年，{BODY}未收到政府信息公开申请。"),
        (100_001, 100_000, f"2022年，{BODY}新收政府信息公开申请100001件，比上年增加1件。"),
    ],
)
def test_each_case_has_its_words(now: int, before: int | None, told: str, last: Report) -> None:
    report = with_last(last, "t3.new.total", value=before) if before is not None else None
    said = sentence(drafted({"t3.new.total": now}, report), f"{BODY}")
    assert said.text == told or told in text_of(drafted({"t3.new.total": now}, report))


def test_what_is_not_proven_is_not_compared(last: Report) -> None:
    failed = with_last(last, "t3.new.total", status=Status.FAILED)
    said = sentence(drafted({"t3.new.total": 9}, failed), "新收政府信息公开申请9件")
    assert said.text == f"2022年，{BODY}新收政府信息公开申请9件。"
    assert any("不平" in cited.key for cited in said.cited)
    assert "690" not in said.told


def test_an_open_cell_is_a_gap_with_last_years_figure(last: Report) -> None:
    said = sentence(drafted({}, last), "新收政府信息公开申请件数")
    assert "【待填：新收政府信息公开申请件数（上年690件）" in said.text
    assert said.kind is SentenceKind.GAP
    assert said.cited[0].address == f"{last.id}/t3.new.total"
    alone = sentence(drafted({}, None), "新收政府信息公开申请件数")
    assert alone.text.startswith("【待填：新收政府信息公开申请件数；")  # gaps beside each other
    assert alone.text.count("】") == 1


def test_a_failing_cell_is_a_gap(last: Report) -> None:
    values = {"t3.new.natural_person": 3, "t3.new.total": 9} | {
        f"t3.new.{c}": 0
        for c in ("commercial_enterprise", "research_institution", "public_interest_org")
    } | {"t3.new.legal_service_org": 0, "t3.new.other_org": 0}  # fmt: skip
    said = sentence(drafted(values, None), "新收政府信息公开申请件数")
    assert said.kind is SentenceKind.GAP
    assert "未核平" in said.text
    assert "9" not in said.text


def test_what_is_carried_cites_where_it_comes_from(last: Report) -> None:
    said = sentence(drafted({}, last), "上年结转22件。")
    assert [cited.address for cited in said.cited] == [
        "t3.carried_in.total",
        f"{last.id}/t3.carried_out.total",
    ]


def test_parts_are_told_where_all_are_known(last: Report) -> None:
    columns = ("commercial_enterprise", "research_institution", "public_interest_org")
    rest = {f"t3.new.{c}": 0 for c in (*columns, "legal_service_org", "other_org")}
    one = drafted({"t3.new.natural_person": 3, **rest}, None)
    assert "申请全部由自然人提出。" in text_of(one)
    two = drafted({"t3.new.natural_person": 3, **rest, "t3.new.other_org": 2}, None)
    assert "从申请人看，自然人提出3件、其他组织提出2件。" in text_of(two)
    assert "从申请人看" not in text_of(drafted({"t3.new.natural_person": 3}, None))


def test_no_dispute_is_said_once(last: Report) -> None:
    blocks = ("review", "lit_direct", "lit_after_review")
    values = {f"t4.{b}.{o}": 0 for b in blocks for o in ("upheld", "corrected", "other", "pending")}
    told = text_of(drafted(values, None))
    assert told.count("全年没有因政府信息公开工作被申请行政复议、提起行政诉讼的情形。") == 1
    assert "因政府信息公开工作被申请行政复议0件" not in told


# -- sections five and six ---------------------------------------------------------------------


def test_last_years_problems_are_to_be_answered(last: Report) -> None:
    problems = last_problems(last)
    assert len(problems) == 3
    draft = drafted({}, last)
    gaps = [s for s in draft.sections[4].sentences if "上年提出的问题" in s.text]
    assert [s.kind for s in gaps] == [SentenceKind.GAP] * 3
    assert all(s.cited[0].quote == p.passage.text for s, p in zip(gaps, problems, strict=True))
    assert not [s for s in draft.sections[4].sentences if s.kind is SentenceKind.KEPT]


def test_a_problem_is_said_again_only_if_chosen(last: Report) -> None:
    draft = drafted({}, last, Choices(keep=(2,)))
    (kept,) = [s for s in draft.sections[4].sentences if s.kind is SentenceKind.KEPT]
    assert kept.text == f"{last_problems(last)[1].text}。"
    assert kept.cited[0].address.startswith(f"{last.id}/¶")
    with pytest.raises(InputError, match="第 4 个问题，共读到 3 个"):
        drafted({}, last, Choices(keep=(4,)))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "工作取得了一定成效，但仍有不足：一是目录更新不及时；二是解读形式单一。"
            "下一步，将逐月检查目录。一是加强问题排查。",
            ["目录更新不及时", "解读形式单一"],
        ),
        (
            "（一）主要问题 培训覆盖面不够。（二）改进措施。办好培训班，解决不足。",
            ["培训覆盖面不够"],
        ),
        ("全年的工作平稳有序，各项任务都完成了。", []),
        ("针对上年提出的目录不全问题，已经补齐。检索功能有待完善。", ["检索功能有待完善"]),
        ("存在的主要問題：一是網站更新滯後。2025年將完善網站。", ["網站更新滯後"]),
    ],
)
def test_problems_are_told_from_plans(text: str, problems: list[str], last: Report) -> None:
    passage = Passage(number=1, section=5, section_title="", text=text, span=(0, len(text)))
    report = last.model_copy(update={"passages": (passage,)})
    assert [p.text for p in last_problems(report)] == problems


@pytest.mark.parametrize(
    ("fee", "told"),
    [
        (None, "【待填：收取信息处理费的情况"),
        ("0", f"2022年，{BODY}未收取信息处理费。"),
        ("1260.50", f"2022年，{BODY}收取信息处理费1260.5元。【待填：发出收费通知"),
    ],
)
def test_the_fee_is_what_the_clerk_says(fee: str | None, told: str, last: Report) -> None:
    draft = drafted({}, last, Choices(fee=fee_of(fee)))
    assert text_of(draft, 6).startswith(told)


@pytest.mark.parametrize("fee", ["没有", "-3", "3万元", "3件"])
def test_a_fee_is_an_amount_in_yuan(fee: str) -> None:
    with pytest.raises(InputError, match="信息处理费"):
        fee_of(fee)


# -- numbers -----------------------------------------------------------------------------------


def verified(report: Report) -> dict[str, Figure]:
    return {f.address: f for f in report.table_figures if f.status is Status.VERIFIED}


def evidence(draft: Draft, last: Report) -> Iterator[str]:
    """Every number that the text may hold, computed without what wrote it."""
    before = verified(last)
    for cell in draft.cells:
        if cell.value is None:
            continue
        yield plain_number(cell.value)
        was = before.get(cell.address)
        if was is not None and was.value is not None:
            change = Decimal(abs(cell.value - was.value))
            yield plain_number(change)
            if was.value:
                share = (change * 100 / Decimal(was.value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
                yield plain_number(share)
    yield from (plain_number(f.value) for f in before.values() if f.value is not None)


def assert_supported(draft: Draft, last: Report) -> int:
    """How many numbers were looked up."""
    allowed = {n for text in evidence(draft, last) for n in numbers_in(text)} | {str(draft.year)}
    count = 0
    for section in draft.sections:
        for said in section.sentences:
            assert not unsupported(said, draft), said.text
            if said.kind is SentenceKind.STATED:
                assert numbers_in(said.text) <= allowed, said.text
                count += len(numbers_in(said.text))
            elif "上年提出的问题" in said.text:
                assert numbers_in(said.text) <= numbers_in(said.cited[0].quote)
            else:
                assert numbers_in(said.text) <= allowed, said.text
    return count


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_every_number_is_in_the_evidence(part: int, tmp_path: Path) -> None:
    """Two hundred generated pairs, a third of them with cells left open."""
    looked_up = 0
    for seed in range(2000 + part * 25, 2025 + part * 25):
        last, this = written_pair(seed, tmp_path, first=2021 + seed % 4)
        values = {a: v for n, (a, v) in enumerate(this.figures.values.items()) if seed % 3 or n % 7}
        draft = draft_of(last, values, this.prose.body, this.prose.year, tmp_path)
        looked_up += assert_supported(draft, last)
    assert looked_up > 25 * 10


def test_a_number_from_nowhere_is_found(last: Report) -> None:
    draft = drafted({"t3.new.total": 9}, last)
    said = sentence(draft, "新收政府信息公开申请9件")
    assert not unsupported(said, draft)
    wrong = said.model_copy(update={"text": said.text.replace("9件", "19件")})
    assert unsupported(wrong, draft) == {"19"}


# -- the sentences as data ---------------------------------------------------------------------


def test_no_sentence_has_a_number_of_its_own() -> None:
    for path in wordings.DRAFT.glob("*.yaml"):
        lines = [re.sub("#.*", "", line) for line in path.read_text("utf-8").splitlines()]
        data = [line for line in lines if not re.match(r"\s*(section|least|longest)", line)]
        texts = re.findall("[：:] *(.*[\u4e00-\u9fff].*)", "\n".join(data))
        assert not [t for t in texts if re.search(r"(?<![a-z])\d", t)], path
    assert load_wordings().overview.topics


@pytest.mark.parametrize("wrong", ["共3件。", "{total}件。", "{now"])
def test_a_malformed_sentence_is_refused(wrong: str) -> None:
    good = load_wordings().forms.sets["received"].model_dump()
    with pytest.raises(ValueError, match=r"模板|字段|expected"):
        Forms.model_validate({**good, "rise": wrong})


def test_every_case_is_needed() -> None:
    good = load_wordings().forms.sets["received"].model_dump()
    with pytest.raises(ValueError, match="fall"):
        Forms.model_validate({k: v for k, v in good.items() if k != "fall"})
    with pytest.raises(ValueError, match="one of them"):
        Tell.model_validate({"figure": "t3.new.total", "gap": "x"})


def test_an_unknown_set_of_forms_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for path in wordings.DRAFT.glob("*.yaml"):
        text = path.read_text("utf-8").replace("forms: brought", "forms: bought")
        (tmp_path / path.name).write_text(text, "utf-8")
    monkeypatch.setattr(wordings, "DRAFT", tmp_path)
    load_wordings.cache_clear()
    with pytest.raises(LexiconError, match="bought"):
        load_wordings()
    load_wordings.cache_clear()
