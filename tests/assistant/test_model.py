"""The chat model: set up by one setting, counted, kept, and harmless when it fails.

The real client talks to a server of our own on loopback.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.ask import Desk
from assistant.helping.model import Model, load_model
from assistant.settings import Settings, load_settings
from index.errors import InputError, ModelError
from tests.assistant.model_helpers import always, reading, scripted
from tests.assistant.openai_double import USAGE, Double, Says, openai_double

TOLD = ("你是助手。", "你好")
KEY = "sk-of-the-user"


def client(double: Double, seconds: int = 5, tokens: int = 500) -> Model:
    """The model that is configured for the double."""
    settings = Settings(
        store=Path(), model="openai:double", model_seconds=seconds, model_tokens=tokens
    )
    environment = {"OPENAI_BASE_URL": double.url, "OPENAI_API_KEY": KEY}
    model = load_model(settings, environment)
    assert model is not None
    return model


def test_without_the_setting_there_is_no_model() -> None:
    settings = load_settings({"GOUJI_STORE": "s", "OPENAI_API_KEY": KEY})
    assert settings.model is None
    assert load_model(settings) is None


def test_every_setting_is_read_from_its_variable() -> None:
    values = {
        "GOUJI_STORE": "s",
        "GOUJI_MODEL": "openai:m",
        "GOUJI_MODEL_TOKENS": "77",
        "GOUJI_MODEL_SECONDS": "3",
        "GOUJI_MODEL_READING": "answer",
        "GOUJI_EMBEDDER": "",
    }
    assert load_settings(values) == Settings(
        store=Path("s"),
        model="openai:m",
        model_tokens=77,
        model_seconds=3,
        model_reading="answer",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("GOUJI_MODEL_TOKENS", "many"), ("GOUJI_MODEL_SECONDS", "0"), ("GOUJI_MODEL_READING", "x")],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(InputError) as caught:
        load_settings({name: value})
    assert caught.value.place == name


def test_the_real_client_streams_and_says_what_it_cost() -> None:
    with openai_double(Says("公开及时，内容全面。")) as double:
        model = client(double)
        spending = model.spending()
        assert model.reply(*TOLD, spending) == "公开及时，内容全面。"
    (asked,) = double.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["stream"] is True
    assert [m["content"] for m in asked["messages"]] == list(TOLD)
    assert double.keys == [f"Bearer {KEY}"]
    assert (spending.tokens, spending.calls) == (USAGE["total_tokens"], 1)


def test_a_server_that_does_not_say_what_it_cost_is_counted_about() -> None:
    with openai_double(Says("公开及时。", usage=False)) as double:
        model = client(double)
        spending = model.spending()
        model.reply(*TOLD, spending)
    assert spending.tokens == len("".join(TOLD)) + len("公开及时。")


def test_an_identical_call_is_made_once() -> None:
    with openai_double(Says("一样。"), Says("另一样。")) as double:
        model = client(double)
        first, again = model.spending(), model.spending()
        assert model.reply(*TOLD, first) == model.reply(*TOLD, again) == "一样。"
        assert (again.tokens, again.calls) == (0, 0)
        assert model.reply(TOLD[0], "别的", again) == "另一样。"
    assert len(double.asked) == 2


def test_no_call_is_made_that_costs_more_than_is_left() -> None:
    with openai_double(Says("好。")) as double:
        model = client(double, tokens=20)
        spending = model.spending()
        model.reply(*TOLD, spending)  # costs 18
        with pytest.raises(ModelError, match="GOUJI_MODEL_TOKENS"):
            model.reply(*TOLD[:1], "再来", spending)
    assert len(double.asked) == 1


@pytest.mark.parametrize(
    "says",
    [
        Says(status=401),
        Says(status=404),
        Says(status=400),
        Says(raw=b""),
        Says(raw=b"<html>proxy</html>"),
        Says(raw=b"data: {broken\n\n"),
        Says(raw=b'data: {"choices": 7}\n\n'),
        Says(raw=b"data: [1, 2]\n\ndata: [DONE]\n\n"),
        Says(text=""),
        Says(text="长" * 5000),
    ],
    ids=["401", "404", "400", "empty", "html", "half", "seven", "list", "nothing", "endless"],
)
def test_whatever_a_server_does_is_told_in_one_sentence_without_its_words(says: Says) -> None:
    with openai_double(says) as double:
        model = client(double)
        with pytest.raises(ModelError) as caught:
            model.reply(*TOLD, model.spending())
    assert "secret" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.place == "openai:double"


def test_a_server_that_stops_in_the_middle_is_not_waited_for() -> None:
    with openai_double(Says("开头", hangs=True)) as double:
        model = client(double, seconds=1)
        with pytest.raises(ModelError):
            model.reply(*TOLD, model.spending())


def test_a_model_that_failed_is_left_alone_for_a_while() -> None:
    with openai_double(Says(status=401)) as double:
        model = client(double)
        for _ in range(3):
            with pytest.raises(ModelError):
                model.reply(*TOLD, model.spending())
    assert len(double.asked) == 1


def test_a_server_that_is_not_there_costs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with openai_double(Says("")) as double:
        gone = double.url
    model = client(Double((), url=gone))
    spending = model.spending()
    with caplog.at_level(logging.INFO), pytest.raises(ModelError):
        model.reply(*TOLD, spending)
    assert spending.tokens == 0
    assert not any(word in caplog.text for word in (*TOLD, KEY))


@pytest.mark.slow
def test_a_question_goes_all_the_way_through_the_real_client(
    example_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, quote = "云岫市2021年查封了多少", "引用云岫市2021年存在的主要问题那一段"
    says = (Says(reading(("查封", "t2.coercion"))), Says("公开不够及时[[p1]]。"), Says(status=500))
    with openai_double(*says) as double:
        monkeypatch.setenv("OPENAI_BASE_URL", double.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        desk = Desk.open(Settings(store=example_store, model="openai:double"), pytest.fail)
        understood, phrased = desk.ask(question), desk.ask(quote)
        failed = desk.ask("云岫市2021年坐了冷板凳的几件")
    assert understood.value == 2184
    assert understood.model is not None
    assert understood.model.tokens == USAGE["total_tokens"]
    assert phrased.text.startswith("公开不够及时[云岫市人民政府2021年 ¶8]。")
    assert failed.refusal is not None
    assert failed.model is not None
    assert "500" in failed.model.trouble


def test_thinking_aloud_is_no_part_of_the_reply() -> None:
    model = scripted(always("<think>\n先想一想：12 件？\n</think>\n公开及时。"))
    assert model.reply(*TOLD, model.spending()) == "公开及时。"


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("qwen3", {}),
        ("openai:", {}),
        ("nobody:m", {}),
        ("openai:m", {}),  # neither key nor address
    ],
)
def test_a_model_that_cannot_be_set_up_is_named(
    name: str, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError) as caught:
        model = load_model(Settings(store=Path(), model=name), environment)
        assert model is not None
        model.reply(*TOLD, model.spending())
    assert name in caught.value.place
    assert caught.value.advice


def test_a_script_stands_in_for_a_model(tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text("- when: 你好\n  reply: 您好。\n- fails: 没有线路\n", "utf-8")
    model = load_model(Settings(store=Path(), model=f"scripted:{script}"))
    assert model is not None
    assert model.reply(*TOLD, model.spending()) == "您好。"
    with pytest.raises(ModelError):
        model.reply(TOLD[0], "再见", model.spending())
