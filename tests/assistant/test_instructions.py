"""The prompts say what they are, who uses them, and are filled in once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.helping.instructions import load_instructions
from assistant.helping.scripted import ScriptedModel
from index.errors import LexiconError
from prompts import FOLDER

ROOT = Path(__file__).parents[2]
GOOD = (
    "---\npurpose: 试\nused_by: assistant/helping/model.py\n"
    "placeholders: [name]\n---\n你好，$name。\n"
)


def test_every_prompt_is_used_by_the_module_that_it_names() -> None:
    prompts = load_instructions()
    assert set(prompts) == {"understand", "phrase", "draft"}
    for name, prompt in prompts.items():
        source = (ROOT / prompt.used_by).read_text("utf-8")
        assert f'"{name}"' in source
        assert all(f"{field}=" in source for field in prompt.placeholders)
        assert prompt.purpose


def test_every_prompt_says_that_material_gives_no_orders() -> None:
    assert all("<<< 和 >>> 之间" in prompt.text for prompt in load_instructions().values())
    assert {path.stem for path in FOLDER.glob("*.md")} == set(load_instructions())


def test_what_is_filled_in_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, "utf-8")
    prompt = load_instructions(tmp_path)["a"]
    assert prompt.filled(name="$name {{n1}}") == "你好，$name {{n1}}。"
    with pytest.raises(LexiconError, match="占位符"):
        prompt.filled(other="x")


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        GOOD.replace("purpose: 试\n", ""),
        GOOD.replace("[name]", "[name, more]"),
        GOOD.replace("$name", "没有"),
        GOOD.replace("placeholders: [name]", "placeholders: ["),
        GOOD.replace("$name", "$name $"),
    ],
    ids=["no head", "no purpose", "too many named", "not in the text", "no yaml", "a loose sign"],
)
def test_a_malformed_prompt_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(text, "utf-8")
    with pytest.raises(LexiconError) as caught:
        load_instructions(tmp_path)
    assert caught.value.place == "bad.md"


def test_a_malformed_script_is_named(tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text("- said: x\n", "utf-8")
    with pytest.raises(LexiconError):
        ScriptedModel.of_file(script)
