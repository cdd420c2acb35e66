"""Paragraphs of a draft by a model: figures under keys, whole phrases, each once."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Kind, Language
from assistant.helping.guard import FaultKind
from assistant.helping.material import of_figures
from assistant.helping.phrasing import Writer
from assistant.helping.scripted import Line
from tests.assistant.model_helpers import always, scripted

FIGURES = [("新收申请的件数", "新收政府信息公开申请17件"), ("与上年相比", "比上年增加3件")]
PLAIN = "新收政府信息公开申请17件，比上年增加3件。"
GOOD = "全年{{f1}}，{{f2}}。"


def written(*lines: Line, plain: str = PLAIN) -> tuple[str, bool, set[FaultKind]]:
    model = scripted(*lines)
    writer = Writer(model, model.spending(), lambda text: {"临溪"} & {text[:2]})
    guarded = writer.phrase_draft(of_figures(FIGURES), "写依申请公开的情况", plain)
    return guarded.text, guarded.by_model, {fault.kind for fault in guarded.refused}


def test_a_paragraph_in_keys_is_filled_in() -> None:
    text = "全年新收政府信息公开申请17件，比上年增加3件。"
    assert written(always(GOOD)) == (text, True, set())


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        ("全年{{f1}}，共17件，{{f2}}。", FaultKind.NUMBER),
        ("全年{{f1}}。", FaultKind.KEY),
        ("全年{{f1}}，{{f2}}，{{f3}}。", FaultKind.KEY),
        ("临溪{{f1}}，{{f2}}。", FaultKind.NAME),
        ("去年{{f1}}，{{f2}}。", FaultKind.DATE),
    ],
)
def test_what_is_refused_leaves_the_plain_paragraph(bad: str, kind: FaultKind) -> None:
    assert written(always(bad)) == (PLAIN, False, {kind})


def test_a_retry_is_told_what_was_wrong() -> None:
    lines = (Line(when="写了数字：17", reply=GOOD), always("全年17件，{{f1}}{{f2}}。"))
    text, by_model, refused = written(*lines)
    assert by_model
    assert refused == {FaultKind.NUMBER}
    assert text.startswith("全年新收")


def test_a_model_that_cannot_be_reached_leaves_the_plain_paragraph() -> None:
    assert written(Line(fails="no route")) == (PLAIN, False, set())


def test_the_model_is_told_no_number() -> None:
    model = scripted(always(GOOD))
    writer = Writer(model, model.spending(), lambda _: ())
    writer.phrase_draft(of_figures(FIGURES), "写依申请公开的情况", PLAIN)
    (heard,) = model.chat.heard  # type: ignore[attr-defined]
    assert not any(printed in heard for _, printed in FIGURES)


def test_answers_that_are_no_quotations_are_not_phrased() -> None:
    model = scripted(Line(fails="not to be asked"))
    answer = Answer(kind=Kind.FIGURE, text="6 件", language=Language.HANS)
    guarded = Writer(model, model.spending(), lambda _: ()).phrase_answer(answer, "几件")
    assert (guarded.text, guarded.by_model, guarded.trouble) == ("6 件", False, "")
