"""Numbers of running text: every notation read back, and nothing that only looks like one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.amounts import parse_numeral
from index.context import Bound, FigureKind
from index.errors import LexiconError
from index.numbers import Mention, find_numbers
from index.script import fold_running, to_traditional
from index.words.numerals import FILE, load_numerals


def found(text: str) -> list[Mention]:
    return find_numbers(fold_running(text).text)


def one(text: str) -> Mention:
    mentions = found(text)
    assert len(mentions) == 1, [(m.value, m.unit) for m in mentions]
    return mentions[0]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", 0), ("7", 7), ("1,163", 1163), ("12,345,678", 12345678), ("9.97", Decimal("9.97")),
        ("135.0万", 1350000), ("61.48万", 614800), ("3千", 3000), ("1亿2000万", 120000000),
        ("零", 0), ("十", 10), ("十二", 12), ("二十七", 27), ("一百零五", 105), ("三百二十", 320),
        ("一千零六十", 1060), ("两万", 20000), ("一万三千", 13000), ("三十万五千", 305000),
        ("一亿两千万", 120000000), ("九十三点五", Decimal("93.5")), ("一百一十", 110),
    ],
)  # fmt: skip
def test_a_numeral_is_read(printed: str, value: int | Decimal) -> None:
    got = parse_numeral(printed)
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "007",
        "00",
        "1,23",
        "12,34,567",
        "三万五",
        "二百五",
        "三五",
        "二〇二三",
        "百",
        "万",
        "1千3万",
    ],
)
def test_what_is_not_clearly_a_numeral_is_none(printed: str) -> None:
    assert parse_numeral(printed) is None


@pytest.mark.parametrize("mask", load_numerals().words.masks, ids=lambda m: m.name)
def test_what_only_looks_like_a_number_is_none(mask) -> None:
    for text in mask.like:
        assert found(f"{text}。") == [], text
        assert found(to_traditional(f"{text}。")) == [], text


@pytest.mark.parametrize("phrase", load_numerals().words.phrases)
def test_a_set_phrase_holds_no_number(phrase: str) -> None:
    assert found(f"推进{phrase}改革，") == []


UNITS = [(unit, kind) for kind, units in load_numerals().words.units.items() for unit in units]


@pytest.mark.parametrize(("unit", "kind"), UNITS, ids=[unit for unit, _ in UNITS])
def test_a_unit_gives_the_kind(unit: str, kind: FigureKind) -> None:
    after = "内" if unit in load_numerals().words.needs_after else ""
    got = one(f"共计368{unit}{after}，")
    assert (got.value, got.unit, got.kind) == (368, unit, kind)


CLASHES = [(u, w) for u, words in load_numerals().words.unit_not_before.items() for w in words]


@pytest.mark.parametrize(("unit", "word"), CLASHES)
def test_a_unit_is_not_the_beginning_of_another_word(unit: str, word: str) -> None:
    assert all(m.unit != unit for m in found(f"涉及23{unit}{word}，"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("下载量132.9万，", 1329000, ""),
        ("粉丝数54373；", 54373, ""),
        ("下載量132.9萬，", 1329000, ""),
        ("事件數(shù)4465次", 4465, "次"),
        ("領(lǐng)導交辦１４件", 14, "件"),
        ("补贴7.22万元", Decimal("7.22"), "万元"),
        ("补贴三百万元", 300, "万元"),
        ("资金1亿2000万元", 120000000, "元"),
        ("收费251000元", 251000, "元"),
        ("收费￥500，", 500, "元"),
        ("好评率93.98%%。", Decimal("93.98"), "%"),
        ("合格率百分之九十三点五", Decimal("93.5"), "%"),
        ("死亡率千分之三", 3, "‰"),
        ("约占九成", 90, "%"),
        ("约占六成五", 65, "%"),
        ("约占3.5成", 35, "%"),
        ("提高3.2个百分点", Decimal("3.2"), "个百分点"),
        ("是上年的2.5倍", Decimal("2.5"), "倍"),
        ("用时3小时20分", 200, "分钟"),
        ("用时5分30秒", 330, "秒"),
        ("用时2天3小时", 51, "小时"),
        ("历时1年3个月", 15, "个月"),
        ("用时三个半小时", Decimal("3.5"), "小时"),
        ("连续两年半", Decimal("2.5"), "年"),
        ("用时9.8个工作日", Decimal("9.8"), "个工作日"),
        ("一个工作日内", 1, "个工作日"),
        ("实现0复议", 0, ""),
        ("保持零败诉的记录", 0, ""),
        ("提出两个方案", 2, "个"),
        ("仅有一件，", 1, "件"),
        ("连续三年无诉讼", 3, "年"),
        ("公开信息3 93件", None, ""),
        ("受理12345件，", 12345, "件"),
        ("1,234件信息已公开", 1234, "件"),
        ("存储15TB数据", 15, "TB"),
        ("流转3.5万平方米", 35000, "平方米"),
    ],
)
def test_a_number_in_a_sentence(text: str, value: int | Decimal | None, unit: str) -> None:
    if value is None:
        assert found(text) == []
        return
    got = one(text)
    assert (got.value, got.unit) == (value, unit)
    assert type(got.value) is type(value)


@pytest.mark.parametrize(
    ("text", "hedge", "bound", "value"),
    [
        ("近20篇", "近", Bound.ABOUT, 20),
        ("约350件", "约", Bound.ABOUT, 350),
        ("2个工作日左右", "左右", Bound.ABOUT, 2),
        ("超1000万件", "超", Bound.MORE_THAN, 10000000),
        ("突破96万次", "突破", Bound.MORE_THAN, 960000),
        ("8000多万元", "多", Bound.MORE_THAN, 8000),
        ("5200余人次", "余", Bound.MORE_THAN, 5200),
        ("8.59万余家", "余", Bound.MORE_THAN, 85900),
        ("十余家", "余", Bound.MORE_THAN, 10),
        ("十几个", "几", Bound.MORE_THAN, 10),
        ("十万余条", "余", Bound.MORE_THAN, 100000),
        ("百余稿", "余", Bound.MORE_THAN, 100),
        ("近万次", "近", Bound.ABOUT, 10000),
        ("两成多", "多", Bound.MORE_THAN, 20),
        ("六成以上", "以上", Bound.AT_LEAST, 60),
        ("不少于24期", "不少于", Bound.AT_LEAST, 24),
        ("50家以上", "以上", Bound.AT_LEAST, 50),
        ("不足10条", "不足", Bound.LESS_THAN, 10),
        ("不超过2页", "不超过", Bound.UP_TO, 2),
        ("10个工作日内", "内", Bound.UP_TO, 10),
        ("控制在24小时以内", "控制在…以内", Bound.UP_TO, 24),
        ("近3000余人", "近…余", Bound.ABOUT, 3000),
        ("3000人", None, None, 3000),
        ("5个内设机构", None, None, 5),
    ],
)
def test_a_hedge_and_what_it_bounds(text: str, hedge: str, bound: Bound, value: int) -> None:
    got = one(f"已有{text}")
    assert (got.hedge, got.bound, got.value) == (hedge, bound, value)
    whole = f"已有{text}"[slice(*got.whole)]
    assert whole == text if hedge else text.startswith(whole)


@pytest.mark.parametrize(
    "text",
    [
        "统一受理，一次性告知，一个窗口办理。",
        "推进一件事一次办。",
        "三五个人，七八个单位。",
        "两三次会议。",
        "数十个单位，几十件，上百家。",
        "每两周一次。",
        "第三次会议。",
        "部署“三个清单”工作。",
        "印发《两项制度》。",
        "5人大代表，3分之一。",
        "1.3个部门。",
        "百姓关心，千家万户。",
        "十分重视。",
        "涉及12个人信息。",
        "地址：中山路88号3号楼14层。",
        "2019-2021年。",
        "电话0591-23165385。",
        "A4纸、5G、H5、PM2.5。",
        "见附件3。",
        "热烈庆祝成立100周年。",
        "1、2个方案。",
    ],
)
def test_no_number_here(text: str) -> None:
    assert found(text) == []


def test_bare_numbers_of_a_list_take_the_unit_that_stands_last() -> None:
    got = found("分别为402、251和37件，达到100%和99.8%。")
    assert [(m.value, m.unit) for m in got] == [
        (402, "件"), (251, "件"), (37, "件"), (100, "%"), (Decimal("99.8"), "%"),
    ]  # fmt: skip
    assert found("第3、4条。") == []


def test_the_step_is_one_unit_of_the_last_digit() -> None:
    steps = {
        text: one(f"有{text}").step
        for text in ("135.0万件", "1.91万件", "3千件", "1398个", "93.5%", "三成")
    }
    assert steps == {
        "135.0万件": 1000, "1.91万件": 100, "3千件": 1000, "1398个": 1, "93.5%": Decimal("0.1"),
        "三成": 10,
    }  # fmt: skip


HAN = "零一二三四五六七八九"


def written_han(value: int) -> str:
    """A count in Chinese numerals, by places; written here apart from the parser's own way."""
    if value == 0:
        return "零"
    text, groups = "", []
    while value:
        value, group = divmod(value, 10000)
        groups.append(group)
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        digits = f"{group:04d}"
        part = ""
        for digit, mark in zip(digits, "千百十一", strict=True):
            if digit == "0":
                part += "零" if part and not part.endswith("零") else ""
            else:
                part += HAN[int(digit)] + ("" if mark == "一" else mark)
        part = part.rstrip("零")
        gap = "零" if text and digits[0] == "0" else ""
        text += gap + part + ("", "万", "亿")[place]
    return text.removeprefix("一") if text.startswith("一十") else text


COUNTS = st.integers(0, 9) | st.integers(10, 9999) | st.integers(10000, 999_999_999)
NOTATIONS = ("plain", "commas", "full width", "spaced", "han", "traditional han")


def write(value: int, notation: str) -> str:
    if notation == "commas":
        return f"{value:,}"
    if notation == "full width":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(value))
    if notation == "spaced":
        return f" {value} "
    if notation.endswith("han"):
        text = written_han(value)
        return to_traditional(text) if notation.startswith("traditional") else text
    return str(value)


@given(
    COUNTS, st.sampled_from(NOTATIONS), st.sampled_from(["件", "人次", "条", "万元", "个工作日"])
)
@example(1060, "han", "件")
def test_a_count_is_read_back_in_every_notation(value: int, notation: str, unit: str) -> None:
    small = notation.endswith("han") and (value < 10 or unit == "万元")
    text = f"全年共受理{write(value, notation)}{unit}，其他不变。"
    if small:
        return  # one digit needs more than a unit, and 三万万元 is written by nobody
    got = one(text)
    assert got.value == value
    assert got.unit == unit


@given(st.integers(1, 9999), st.integers(0, 99), st.sampled_from(["万", "亿"]))
def test_decimals_with_a_scale_are_exact(whole: int, decimals: int, scale: str) -> None:
    printed = f"{whole}.{decimals:02d}{scale}"
    factor = {"万": 10_000, "亿": 100_000_000}[scale]
    got = one(f"访问量{printed}次。")
    assert got.value == Decimal(f"{whole}.{decimals:02d}") * factor
    assert isinstance(got.value, int)
    money = one(f"资金{printed}元。")
    assert (money.value, money.unit) == (Decimal(f"{whole}.{decimals:02d}"), f"{scale}元")


@given(st.integers(2000, 2030), st.integers(1, 12), st.integers(1, 31), st.integers(1, 999))
def test_dates_and_document_numbers_are_no_counts(y: int, m: int, d: int, n: int) -> None:
    text = (
        f"{y}年{m}月{d}日印发（国办发〔{y}〕{n}号），{y}年度共{n}件，自{y}年{m}月起至{y + 1}年底。"
    )
    assert one(text).value == n


def test_a_bad_list_is_refused_with_its_reason(tmp_path: Path) -> None:
    text = FILE.read_text("utf-8")
    bad = tmp_path / "bad.yaml"
    for wrong in (
        text.replace("masks:", "mask:"),
        text.replace("right: '365天'", "right: '(365'"),
        text.replace("left: '[*×]'", "left: '[^*×]'"),  # may end with any Chinese character
    ):
        bad.write_text(wrong, "utf-8")
        with pytest.raises(LexiconError, match=r"bad\.yaml"):
            load_numerals(bad)
