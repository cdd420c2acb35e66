"""A chat model changes no figure: one that helps adds answers, one that means harm adds nothing.

All banks are asked by ``python -m tests.questions.models``; here a sample of each.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Desk
from assistant.evaluation import grade_each, read_bank, tally
from assistant.grading import judge
from assistant.helping.helped import Helper
from assistant.helping.rewording import not_understood
from assistant.lexicon import load_lexicon
from assistant.understanding.context import Context
from assistant.understanding.question import understand
from tests.assistant.model_helpers import scripted
from tests.questions.models import LIMIT, adversary, both, helpful, leaks, sample_of, stated, worst

HERE = Path(__file__).parent
BANKS = ("examples-2", "examples-4", "examples-6", "english-1", "prose-1")
MODEL_BANK = read_bank(HERE / "model-1.jsonl")
UNDERSTOOD, ANSWERED = 25, 2
"""Of the questions that the lexicon did not understand when they were written: those understood
with a helpful model, and those answered because the embedder agrees. The others are offered, but
for a few that the lexicon hears by now."""


def sample() -> list[dict[str, object]]:
    banks = [item for name in BANKS for item in sample_of(read_bank(HERE / f"{name}.jsonl"))]
    return [*banks, *MODEL_BANK]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_an_adversary_changes_nothing_that_is_stated(seed: int, example_store: Path) -> None:
    asked = 0
    for item, answer, other in both(sample(), example_store, adversary(seed)):
        assert stated(other) == stated(answer), item["question"]
        asked += other.model is not None and other.model.calls > 0
    assert asked > len(MODEL_BANK)


@pytest.mark.slow
def test_no_reading_whatever_has_a_wrong_figure_stated(example_store: Path) -> None:
    desk = Desk(example_store)
    said: list[str] = []
    helped = Desk(example_store, helper=Helper(scripted(speak=lambda _: said[-1], limit=10**9)))
    context = Context(desk.shelf.directory(), load_lexicon())
    tried = 0
    for item in [i for i in read_bank(HERE / "examples-4.jsonl") if "dialogue" not in i]:
        query = understand(item["question"], desk.new_dialogue(), context)
        if not not_understood(query, desk.ask(item["question"])):
            continue
        for reply in worst(item["question"], query.residual):
            said.append(reply)
            tried += 1
            answer = helped.ask(item["question"])
            verdict = judge(item["expect"], answer.to_json())
            assert not verdict.wrong_figure, reply
    assert tried > 10


@pytest.mark.slow
def test_a_helpful_model_adds_answers_and_changes_none(example_store: Path) -> None:
    desk = Desk(example_store)
    offered = answered = phrased = heard = 0
    asked = {item["id"] for item in MODEL_BANK}
    for item, answer, other in both(sample(), example_store, helpful(MODEL_BANK)):
        use = other.model
        assert not leaks(other, item["question"], desk), item["question"]
        if use is not None and use.understood:
            answered += 1
            assert answer.refusal is not None
            assert other.value == item["expect"]["value"]
            continue
        assert stated(other) == stated(answer), item["question"]
        heard += item["id"] in asked and answer.value == item["expect"]["value"]
        phrased += use is not None and use.phrased
        if use is not None and use.offered:
            offered += 1
            again = desk.ask(other.alternatives[0].question)
            assert again.value == item["expect"]["value"], item["question"]
    assert answered >= ANSWERED
    assert answered + offered + heard >= UNDERSTOOD
    assert phrased > 0


@pytest.mark.slow
def test_where_the_user_trusts_the_model_it_answers_what_it_offered(example_store: Path) -> None:
    model = scripted(speak=helpful(MODEL_BANK), limit=LIMIT)
    desk = Desk(example_store, helper=Helper(model, "answer"))
    total = tally(list(grade_each(MODEL_BANK, desk)))[-1]
    assert total.wrong_figures == 0
    assert total.correct >= UNDERSTOOD
