"""The fields of the check page: what they take, and what they say of what they do not."""

from __future__ import annotations

import pytest

from assistant.web.check_asked import Asked, asked, described
from assistant.web.words_en import EN
from assistant.web.words_zh import ZH
from index.errors import InputError


def test_empty_fields_ask_for_nothing() -> None:
    assert asked("", " ", "\n", ZH) == asked(None, None, None, ZH) == Asked()
    assert described(Asked(), ZH) == ""


@pytest.mark.parametrize("day", ["01-20", "1-20", "1月20日", "０１－２０", "1/20", " 1.20 "])
def test_a_day_is_taken_as_clerks_write_it(day: str) -> None:
    assert asked(day, "", "", ZH).wishes.due == (1, 20)


@pytest.mark.parametrize("day", ["2022-01-20", "02-29", "13-01", "一月底"])
def test_a_day_that_is_none_is_told_at_its_field(day: str) -> None:
    with pytest.raises(InputError) as caught:
        asked(day, "", "", ZH)
    assert str(caught.value).startswith(f"{ZH.check_due}: ")
    assert "01-20" in caught.value.advice


@pytest.mark.parametrize(("share", "percent"), [("40", 40), ("40%", 40), ("０", 0), ("100％", 100)])
def test_a_share_is_a_whole_number(share: str, percent: int) -> None:
    assert asked("", share, "", ZH).comparing.copied == percent


@pytest.mark.parametrize("share", ["101", "-1", "4.5", "四成"])
def test_a_share_that_is_none_is_told_at_its_field(share: str) -> None:
    with pytest.raises(InputError) as caught:
        asked("", share, "", ZH)
    assert caught.value.place == ZH.check_copied


def test_units_are_taken_from_lines_or_pasted_columns() -> None:
    lines = "甲区人民政府,甲区财政局\n甲区人民政府，甲区水务局\n\n乙县人民政府\t乙县教育局\n"
    assert asked("", "", lines, ZH).comparing.units == {
        "甲区人民政府": ("甲区财政局", "甲区水务局"),
        "乙县人民政府": ("乙县教育局",),
    }


def test_a_line_that_names_no_unit_is_told_by_its_number() -> None:
    with pytest.raises(InputError) as caught:
        asked("", "", "甲区人民政府,甲区财政局\n甲区水务局\n", ZH)
    assert caught.value.place == f"{ZH.check_units}:2"


def test_what_was_asked_is_said_in_both_languages() -> None:
    what = asked("1月20日", "40", "甲区人民政府,甲区财政局", ZH)
    assert described(what, ZH) == (
        "核对要求：公布期限为次年1月20日、与上年相同的句子不超过 40%、1 个政府与其 1 个单位之和。"
    )
    assert "01-20" in described(what, EN) and "40%" in described(what, EN)
