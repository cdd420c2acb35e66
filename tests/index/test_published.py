"""The day of publication: recognised where it is printed as such, and held against its deadline."""

from __future__ import annotations

from datetime import date

import pytest

from index.document.deadlines import due_date, kind_of, late
from index.report import Check, Confidence, Outcome, Recognised, Report
from tests.index.helpers import report
from tests.index.test_document import PLAIN, with_tables


def dated(head: str = "", foot: str = "", within: str = "") -> Report:
    title, rest = PLAIN.split("\n", 1)
    text = f"{title}\n{head}{rest}{foot}".replace("本年度未收取", f"{within}本年度未收取")
    return report(with_tables(text))


@pytest.mark.parametrize(
    ("head", "foot", "day", "basis"),
    [
        ("发布日期：2024-01-26\n", "", "2024-01-26", "标注“发布日期”"),
        ("发布时间: 2024-01-26 16:13\n", "", "2024-01-26", "标注“发布时间”"),
        ("發佈日期：2024年1月26日\n", "", "2024-01-26", "标注“发布日期”"),
        ("【公开日期】2024/1/26\n", "", None, ""),
        ("公布日期：２０２４.０１.２６\n", "", "2024-01-26", "标注“公布日期”"),
        ("来源：县水务局 时间：2024-01-26 15:35\n", "", "2024-01-26", "标注“时间”"),
        ("会议时间：2024-01-26\n", "", None, ""),
        ("成文日期：2024-01-20 发布日期：2024-01-26\n", "", "2024-01-26", "标注“发布日期”"),
        ("成文日期：2024-01-20\n", "", "2024-01-20", "标注“成文日期”"),
        ("", "栖禾县水务局\n2024年1月26日\n", "2024-01-26", "落款日期"),
        ("", "栖禾县水务局　2024年1月26日\n", "2024-01-26", "落款日期"),
        ("", "栖禾县水务局\n二〇二四年一月二十六日\n", "2024-01-26", "落款日期"),
        ("", "二零二四年十月三十一日\n打印本页\n", "2024-10-31", "落款日期"),
        ("", "发布时间：2024-01-26\n", "2024-01-26", "标注“发布时间”"),
        ("发布日期：2024-13-26\n", "", None, ""),
        ("本报告统计期限自2023年1月1日起至2023年12月31日止。\n", "", None, ""),
        ("", "报告于2024年1月26日公布。\n", None, ""),
    ],
)
def test_where_a_day_of_publication_is_printed(
    head: str, foot: str, day: str | None, basis: str
) -> None:
    got = dated(head, foot)
    assert (got.published.value, got.published.basis) == (day, basis)
    if got.published.span is None:
        assert day is None
    else:
        assert got.text[slice(*got.published.span)] in head + foot
    likely = basis in ("落款日期", "标注“成文日期”")
    unsure = Confidence.LIKELY if likely else Confidence.CERTAIN
    assert got.published.confidence is (unsure if day else Confidence.UNKNOWN)


def test_a_day_of_running_text_is_none() -> None:
    within = "发布日期：2024-05-01的通知已失效。2024年3月1日，专区开放。"
    assert dated(within=within).published.value is None


@pytest.mark.parametrize(
    ("body", "kind", "due"),
    [
        ("栖禾县水务局", "department", (1, 31)),
        ("雾川市科学技术委员会", "department", (1, 31)),
        ("雾川市科委", "department", (1, 31)),
        ("雾川市政务服务管理办公室", "department", (1, 31)),
        ("栖禾县人民政府", "government", (3, 31)),
        ("雾川市", "government", (3, 31)),
        ("栖禾县人民政府办公室", "office", (3, 31)),
        ("栖禾县苇渡镇人民政府", "township", None),
        ("苇渡乡", "township", None),
        ("栖禾县苇渡镇人民政府办公室", "township", None),
        ("雾川市国有资产监督管理委员会", "department", (1, 31)),
        ("栖禾区苇渡街道办事处", "township", None),
        ("雾川经济开发区管委会", "other", None),
        ("雾川综合实验区", "other", None),
        ("雾川市公安局栖禾分局", "other", None),
        ("栖禾县政务服务中心", "other", None),
        ("雾川书院", None, None),
        (None, None, None),
    ],
)
def test_kinds_of_bodies_and_their_deadlines(
    body: str | None, kind: str | None, due: tuple[int, int] | None
) -> None:
    assert kind_of(body) == kind
    assert due_date(kind_of(body), 2023) == (date(2024, *due) if due else None)
    assert due_date(kind_of(body), 2018) is None


def published(day: str) -> Recognised:
    return Recognised(
        value=day, span=(3, 13), confidence=Confidence.CERTAIN, basis="标注“发布日期”"
    )


def outcome(check: Check | None) -> Outcome | None:
    return check.outcome if check is not None else None


@pytest.mark.parametrize(
    ("day", "body", "due", "result"),
    [
        ("2024-01-31", "栖禾县水务局", None, Outcome.HOLDS),
        ("2024-02-01", "栖禾县水务局", None, Outcome.FAILS),
        ("2024-03-31", "栖禾县人民政府", None, Outcome.HOLDS),
        ("2024-04-01", "栖禾县人民政府", None, Outcome.FAILS),
        ("2024-03-31", "栖禾县人民政府办公室", None, Outcome.HOLDS),
        ("2024-12-31", "苇渡镇", None, None),
        ("2024-01-21", "苇渡镇", date(2024, 1, 20), Outcome.FAILS),
        ("2024-01-21", None, date(2024, 1, 20), Outcome.FAILS),
        ("2024-01-20", "栖禾县水务局", date(2024, 1, 20), Outcome.HOLDS),
        ("2023-12-31", "栖禾县水务局", None, Outcome.NOT_EVALUABLE),
    ],
)
def test_late_or_in_time(
    day: str, body: str | None, due: date | None, result: Outcome | None
) -> None:
    check = late(published(day), kind_of(body), 2023, due)
    assert outcome(check) is result
    if check is not None:
        assert check.spans == ((3, 13),)
        assert day in check.equation


def test_where_nothing_is_known_nothing_is_late() -> None:
    assert late(Recognised(), "department", 2023, date(2024, 1, 20)) is None
    assert late(published("2024-05-01"), "department", None) is None
    assert late(published("2019-05-01"), "department", 2018) is None
    old = late(published("2019-05-01"), "department", 2018, date(2019, 3, 31))
    assert outcome(old) is Outcome.FAILS
    assert old is not None
    assert "晚31天" in old.equation
    assert "使用者设定的期限" in old.equation
