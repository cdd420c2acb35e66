"""Tables by columns, cell by cell and in lists, and units over them: read, or left alone."""

from __future__ import annotations

import pytest

from index.report import Figure
from tests.index.helpers import T3_COLUMNS, lines, table_three
from tests.index.surfaces import HEADS, Rows, markdown, read, sheet, spaced, web
from tests.index.test_named import (
    BLOCKS,
    CELLS,
    FOUR,
    OUTCOMES,
    TRUTH,
    TRUTH_FOUR,
    TWO,
    across,
    between_tables,
    blocks,
    table_rows_of,
    trusted,
    whole,
)

TRUTH_TWO = {
    "t2.rules.issued": "0",
    "t2.rules.repealed": "0",
    "t2.rules.in_force": "0",
    "t2.normative_docs.issued": "3",
    "t2.normative_docs.repealed": "12",
    "t2.normative_docs.in_force": "28",
    "t2.licensing.decisions": "4071",
    "t2.penalty.decisions": "35",
    "t2.coercion.decisions": "2",
    "t2.fees.amount": "6.5",
}


def values(got: dict[str, Figure], table: str) -> dict[str, str]:
    return {address: str(value) for address, value in trusted(got, table).items()}


# -- by columns --------------------------------------------------------------------------------


def columns(rows: Rows) -> str:
    """A table down its columns: the labels, then each head with its values."""
    (_, *labels), *others = across(rows)
    return lines([labels, *others])


def three(rows: Rows | None = None) -> str:
    """Table three by columns, with the heads between its rows."""
    labels = [[line[0]] for line in table_three(CELLS)]
    _, *others = across(rows or whole())
    return lines([*labels, ["申请人情况"], others[0], ["法人或其他组织"], *others[1:]])


def test_tables_by_columns() -> None:
    assert trusted(read(three(), "x.txt"), "t3") == TRUTH
    two = "".join(f"信息内容\n{columns(part)}" for part in (TWO[:3], TWO[3:7], TWO[7:]))
    assert values(read(two, "x.txt"), "t2") == TRUTH_TWO
    rows = [["", *OUTCOMES], *([b, *FOUR[n * 5 : n * 5 + 5]] for n, b in enumerate(BLOCKS))]
    assert trusted(read(columns(rows), "x.txt"), "t4") == TRUTH_FOUR


def test_columns_in_lines_and_in_another_order() -> None:
    head, *rows = across(whole())
    listed = "".join(f"{label}\n" for label in head[1:])
    for order in (rows, rows[::-1], [rows[6], *rows[:6]]):
        assert trusted(read(listed + spaced(order), "x.txt"), "t3") == TRUTH


def test_labels_behind_the_columns() -> None:
    labels, *others = across(whole())
    assert trusted(read(lines([*others, labels[1:]]), "x.txt"), "t3") == TRUTH


def test_columns_of_which_one_lost_a_value_are_open() -> None:
    rows = whole()
    rows[9][3] = ""
    assert trusted(read(three(rows).replace("\n\n", "\n"), "x.txt"), "t3") == {}
    two = "信息内容\n行政处罚\n行政强制\n本年处理决定数量\n35\n"
    assert trusted(read(two, "x.txt"), "t2") == {}
    three_heads = "信息内容\n规章\n行政规范性文件\n本年制发件数\n本年废止件数\n现行有效件数\n0\n2\n"
    assert trusted(read(three_heads, "x.txt"), "t2") == {}


def test_columns_without_one_of_their_heads_are_open() -> None:
    text = three()
    for head in HEADS:
        assert trusted(read(text.replace(f"\n{head}\n", "\n"), "x.txt"), "t3") == {}


def test_labels_in_two_lines_do_not_stand_in_the_order_of_their_values() -> None:
    """Of a table on its side, with the sub-rows in a line of their own below their heads."""
    head, *rows = across(whole())
    upper = [label for label in head[1:] if not label[0].isdigit()]
    lower = [label for label in head[1:] if label[0].isdigit()]
    text = lines([upper, lower, *rows])
    assert all(TRUTH[a] == v for a, v in trusted(read(text, "x.txt"), "t3").items())
    assert len(trusted(read(text, "x.txt"), "t3")) == 0


def test_a_value_that_moved_between_rows_opens_the_columns() -> None:
    rows = whole()
    at = next(n for n, line in enumerate(rows) if line[1] == "3")
    for line, following in zip(rows[at:-1], rows[at + 1 :], strict=True):
        line[1] = following[1]
    rows[-1][1] = "0"
    assert trusted(read(three(rows), "x.txt"), "t3") == {}


def test_a_head_below_two_labels_belongs_to_neither_alone() -> None:
    text = "信息内容\n规章\n行政规范性文件\n本年制发件数\n0\n3\n现行有效件数\n28\n"
    got = read(text, "x.txt")
    assert trusted(got, "t2") == {}


# -- cell by cell ------------------------------------------------------------------------------


def long(rows: Rows, *, heads: Rows = (("项目", "指标", "数量"),), repeat: bool = False) -> Rows:
    """A row for each cell: label, head, number."""
    result = [list(line) for line in heads]
    first: list[str] = []
    for label, *cells in rows:
        if label in ("信息内容", ""):
            first = cells
            continue
        for number, (head, cell) in enumerate(zip(first, cells, strict=True)):
            result.append([label if repeat or number == 0 else "", head, cell])
    return result


@pytest.mark.parametrize("repeat", [True, False])
def test_a_row_for_each_cell(repeat: bool) -> None:
    for write, name in ((web, "x.html"), (markdown, "x.md"), (sheet, "x.xlsx")):
        assert values(read(write(long(TWO, repeat=repeat)), name), "t2") == TRUTH_TWO
        assert trusted(read(write(long(whole(), repeat=repeat)), name), "t3") == TRUTH


def test_a_row_for_each_cell_with_a_column_of_units() -> None:
    rows = [[a, b, "件" if "金额" not in b else "", c] for a, b, c in long(TWO)]
    assert values(read(web(rows), "x.html"), "t2") == TRUTH_TWO
    rows[-1] = ["行政事业性收费", "本年收费金额", "元", "65000"]
    fee = read(web(rows), "x.html")["t2.fees.amount"]
    assert (fee.value, fee.unit) == (65000, "元")


def test_two_years_cell_by_cell_are_open() -> None:
    rows = [[*line, "1" if n else "2022年"] for n, line in enumerate(long(TWO))]
    assert trusted(read(web(rows), "x.html"), "t2") == {}
    rows[0][-1] = "上年数"
    assert values(read(web(rows), "x.html"), "t2") == TRUTH_TWO


def test_a_label_that_is_lost_cell_by_cell_opens_the_table() -> None:
    rows = [line if line[0] != "行政规范性文件" else ["", *line[1:]] for line in long(TWO)]
    got = values(read(web(rows), "x.html"), "t2")
    assert all(TRUTH_TWO[a] == v for a, v in got.items())


# -- lists ---------------------------------------------------------------------------------------

LIST = "自然人；法人或其他组织（商业企业；科研机构；社会公益组织；法律服务机构；其他）；总计\n"


def listed(colon: str, *, sign: str = "；") -> str:
    text = ""
    for label, *cells in table_three(CELLS):
        inside = sign.join(cells[1:6])
        text += (
            f"{label}{colon}{sign.join([cells[0], f'（{inside}）', cells[6]])}\n"
            if cells
            else f"{label}\n"
        )
    return text


@pytest.mark.parametrize("colon", ["\n", "：", " "])
@pytest.mark.parametrize("sign", ["；", "、", "，"])
def test_rows_that_are_lists(colon: str, sign: str) -> None:
    got = read(f"申请人情况：\n{LIST}{listed(colon, sign=sign)}", "x.txt")
    assert trusted(got, "t3") == TRUTH


def test_lists_without_heads_or_under_others_are_open() -> None:
    other = "总计；自然人；商业企业；科研机构；社会公益组织；法律服务机构；其他\n"
    for heads in ("", other, LIST.replace("科研机构；", "")):
        assert trusted(read(heads + listed("\n"), "x.txt"), "t3") == {}


def test_lists_of_two_lines_under_one_label_are_open() -> None:
    """Of two rows the lower label is lost, and blanks are: seven values remain."""
    text = LIST + listed("\n")
    label = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n"
    before = text.index(label)
    torn = text[:before].rstrip("\n").rsplit("\n", 1)[0] + "\n10；（1\n" + "0；0；0；0）；0\n"
    got = read(torn + text[before:], "x.txt")
    assert {got[f"t3.granted.{c}"].value for c in T3_COLUMNS if f"t3.granted.{c}" in got} <= {None}


def test_labels_of_bodies_that_are_no_organs() -> None:
    text = (LIST + listed("\n")).replace("本机关", "本单位").replace("行政机关", "本单位")
    assert trusted(read(text.replace("政府信息", "信息"), "x.txt"), "t3") == TRUTH


# -- units ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：元）", "元"),
        ("本年收费金额（元）", "元"),
        ("本年收费金额（万元）", "万元"),
        ("收费金额（单位：亿元）", "亿元"),
        ("本年收费金额（万）", "万元"),
        ("本年收费金额", "万元"),
    ],
)
def test_the_unit_of_a_head_is_that_of_its_cells(head: str, unit: str) -> None:
    rows = [*TWO[:7], ["信息内容", head], ["行政事业性收费", "6.5"]]
    for write, name in ((web, "x.html"), (markdown, "x.md"), (lines, "x.txt"), (spaced, "x.txt")):
        fee = read(write(rows), name)["t2.fees.amount"]
        assert (str(fee.value), fee.unit) == ("6.5", unit), name
    fee = read(web(across(rows[7:])), "x.html")["t2.fees.amount"]
    assert (str(fee.value), fee.unit) == ("6.5", unit)


def test_a_unit_below_its_head_counts_too() -> None:
    rows = [["信息内容", "本年收费金额"], ["", "（单位：元）"], ["行政事业性收费", "65000"]]
    fee = read(lines([*TWO[:7], *rows]).replace("\n\n", "\n"), "x.txt")["t2.fees.amount"]
    assert (fee.value, fee.unit) == (65000, "元")


def test_a_cell_with_its_own_unit_keeps_it() -> None:
    rows = [["信息内容", "本年收费金额（元）"], ["行政事业性收费", "6.5万元"]]
    fee = read(web([*TWO[:7], *rows]), "x.html")["t2.fees.amount"]
    assert (str(fee.value), fee.unit) == ("6.5", "万元")
    rows = [["信息内容", "本年处理决定数量（万件）"], ["行政许可", "4.1"]]
    assert read(web([*TWO[:3], *rows]), "x.html")["t2.licensing.decisions"].unit == "万件"


def test_labels_of_other_wordings() -> None:
    other = {
        "属于三类内部事务信息": "属于内部事务信息（三类）",
        "属于四类过程性信息": "属于过程性信息（四类）",
        "属于行政查询事项": "属于行政查询类事项",
        "补正后申请内容仍不明确": "经补正申请内容仍不明确",
    }
    text = markdown(whole())
    for official, printed in other.items():
        text = text.replace(official, printed)
    assert trusted(read(text, "x.md"), "t3") == TRUTH
    names = ["行政复议", "未经复议直接起诉的行政诉讼", "复议后起诉的行政诉讼"]
    rows = [["类型", *OUTCOMES], *([b, *FOUR[n * 5 : n * 5 + 5]] for n, b in enumerate(names))]
    for write, name in ((web, "x.html"), (markdown, "x.md"), (spaced, "x.txt")):
        assert trusted(read(write(rows), name), "t4") == TRUTH_FOUR


# -- heads in other places -----------------------------------------------------------------------


@pytest.mark.parametrize("size", [13, 12, 20])
def test_a_table_in_two_halves_side_by_side(size: int) -> None:
    head, *rows = whole()
    left, right = rows[:size], rows[size:]
    empty = [[""] * 8] * abs(len(left) - len(right))
    pairs = zip([*left, *empty], [*right, *empty], strict=False)
    case = [[*head, *head], *([*a, *b] for a, b in pairs)]
    for write, name in ((web, "x.html"), (markdown, "x.md"), (sheet, "x.xlsx")):
        assert trusted(read(write(case), name), "t3") == TRUTH


def test_totals_before_what_they_are_of() -> None:
    body = "".join(
        f"<tr>{''.join(f'<td>{c}</td>' for c in (label, cells[6], *cells[:6]))}</tr>"
        for label, *cells in whole()[1:]
    )
    top = "<td rowspan=2>事项</td><td rowspan=2>总计</td><td colspan=6>其中</td>"
    second = "".join(f"<td>{h}</td>" for h in HEADS[:6])
    page = f"<table><tr>{top}</tr><tr>{second}</tr>{body}</table>"
    assert trusted(read(page, "x.html"), "t3") == TRUTH


@pytest.mark.parametrize("form", ["{}（{}）", "{}{}", "{}：{}", "{} - {}", "{1}（{0}）"])
def test_a_row_and_a_column_in_one_label(form: str) -> None:
    heads: list[str] = []
    pairs = []
    for label, *cells in TWO:
        heads = cells if label == "信息内容" else heads
        if label != "信息内容":
            pairs += [[form.format(label, h), c] for h, c in zip(heads, cells, strict=True)]
    for case in (pairs, [["指标", "数量"], *pairs], across(pairs)):
        assert values(read(web(case), "x.html"), "t2") == TRUTH_TWO
    again = [[label, value, str(n)] for n, (label, value) in enumerate(pairs)]
    assert trusted(read(web([["指标", "2023年", "2022年"], *again]), "x.html"), "t2") == {}
    for heads in (["指标", "本年", "上年"], ["指标", "数量", "同比增减"]):
        assert values(read(web([heads, *again]), "x.html"), "t2") == TRUTH_TWO


def test_values_parted_by_commas_in_a_code_block() -> None:
    rows = [[f'"{line[0]}"', *line[1:]] for line in whole()]
    rows[1][1] = rows[1][7] = "1234"  # which a comma after it does not join with the next one
    csv = "\n".join(",".join(line) for line in rows)
    truth = TRUTH | {"t3.new.natural_person": 1234, "t3.new.total": 1234}
    for opened, closed in (("```csv", "```"), ("```", "```"), ("~~~~", "~~~~")):
        got = read(f"{opened}\n{csv}\n{closed}\n", "x.md")
        assert {address: figure.value for address, figure in got.items()} == truth
    uneven = csv.replace("\n", ",\n", 3)
    got = read(f"```\n{uneven}\n```\n", "x.md")
    assert all(figure.value in (None, truth[address]) for address, figure in got.items())


def test_values_that_stand_before_their_labels_are_nobodys() -> None:
    """Cards: the number, and below it what it is of; each label is followed by the next number."""
    cards = lines([[c, f"{label}{h}"] for label, h, c in long(TWO)[1:] if label])
    assert trusted(read(cards, "x.txt"), "t2") == {}
    under = "第二十条第（六）项\n信息内容\n本年处理决定数量\n35\n行政处罚\n2\n行政强制\n"
    assert trusted(read(under, "x.txt"), "t2") == {}


def test_columns_that_are_none_of_the_form_beside_the_table() -> None:
    extra = [[*line, "12.5%", "+3"] for line in whole()[1:]]
    rows = [[*whole()[0], "占比", "同比增减"], *extra]
    for write, name in ((web, "x.html"), (markdown, "x.md")):
        assert trusted(read(write(rows), name), "t3") == TRUTH
    numbered = [["序号", "事项", "单位", *HEADS]]
    numbered += [[str(n), line[0], "件", *line[1:]] for n, line in enumerate(whole()[1:], 1)]
    for write, name in ((web, "x.html"), (markdown, "x.md"), (sheet, "x.xlsx")):
        assert trusted(read(write(numbered), name), "t3") == TRUTH


def test_rows_in_reverse() -> None:
    assert trusted(read(web([whole()[0], *whole()[:0:-1]]), "x.html"), "t3") == TRUTH


def test_columns_with_subtotals() -> None:
    rows = [[*line[:2], str(sum(map(int, line[2:7]))), *line[2:]] for line in whole()[1:]]
    head = [*whole()[0][:2], "小计", *whole()[0][2:]]
    assert trusted(read(three([head, *rows]), "x.txt"), "t3") == TRUTH


def test_values_before_their_labels_in_other_layouts_are_nobodys() -> None:
    rows = whole()[1:]
    under = [line for label, *cells in rows for line in (cells, [label])]
    heads = " ".join(HEADS) + "\n"
    cards = [[label, *(x for h, v in zip(HEADS, cells, strict=True) for x in (v, h))]
             for label, *cells in rows]  # fmt: skip
    for text in (spaced(under), heads + spaced(under), lines(under), lines(cards)):
        assert trusted(read(text, "x.txt"), "t3") == {}
    pairs = [[f"{a}{b}", c] for a, b, c in long(TWO, repeat=True)[1:]]
    numbers, labels = [c for _, c in pairs], [label for label, _ in pairs]
    over = [numbers[:5], labels[:5], numbers[5:], labels[5:]]
    beside = [[c, a, d, b] for (a, c), (b, d) in zip(pairs[::2], pairs[1::2], strict=True)]
    for case in (over, beside):
        assert trusted(read(web(case), "x.html"), "t2") == {}
    beside = [[a, c, b, d] for (a, c), (b, d) in zip(pairs[::2], pairs[1::2], strict=True)]
    assert values(read(web(beside), "x.html"), "t2") == TRUTH_TWO


def test_heads_of_one_row_are_not_those_of_the_next() -> None:
    """A row that lost its heads has those of the whole table, or none."""
    text = "行政复议：结果维持1，结果纠正0\n未经复议直接起诉：2，3\n"
    assert trusted(read(text, "x.txt"), "t4") == {}


# -- within a whole report: nothing else is lacking ----------------------------------------------


def whole_page(*three: Rows, between: str = "") -> str:
    """Tables two and four as usual, and something for table three."""
    page = between_tables([TWO, *three, table_rows_of(FOUR)])
    return page.replace("<p>续</p>", f"{between}<p>续</p>")


def test_odd_rows_of_table_three_beside_usual_tables() -> None:
    head, *rows = whole()
    halves = [
        [*head, *head],
        *([*a, *b] for a, b in zip(rows[:13], [*rows[13:], [""] * 8], strict=True)),
    ]
    extra = [[*head, "占比"], *([*line, "12.5%"] for line in rows)]
    for case in ([head, *rows[::-1]], halves, extra):
        got = read(whole_page(case), "x.html")
        assert (trusted(got, "t3"), trusted(got, "t4")) == (TRUTH, TRUTH_FOUR)
        assert values(got, "t2") == TRUTH_TWO


def test_a_column_beside_table_two() -> None:
    rows = [[*line, "同比增减" if line[0] == "信息内容" else "-2"] for line in TWO]
    captions = {0: "第二十条第（一）项", 3: "第二十条第（五）项", 7: "第二十条第（八）项"}
    under = [
        line
        for n, row in enumerate(rows)
        for line in ([[captions[n]], row] if n in captions else [row])
    ]
    for case in (rows, under, [[*line[:1], line[-1], *line[1:-1]] for line in rows]):
        assert values(read(web(case), "x.html"), "t2") == TRUTH_TWO


def test_a_list_or_the_table_again_before_table_four_hides_it_not() -> None:
    cards = "".join(
        f"<p>{label}</p>"
        + "".join(f"<p>{h}</p><p>{v}</p>" for h, v in zip(HEADS, cells, strict=True))
        for label, *cells in whole()[1:]
    )
    for page in (whole_page(whole(), between=cards), whole_page(whole(), whole())):
        got = read(page, "x.html")
        assert (trusted(got, "t3"), trusted(got, "t4")) == (TRUTH, TRUTH_FOUR)


def test_a_caption_between_two_tables_of_one_sheet_parts_them() -> None:
    rows = [*across(whole()), ["四、政府信息公开行政复议、行政诉讼情况"], *across(blocks())]
    for write, name in ((sheet, "x.xlsx"), (markdown, "x.md")):
        got = read(write(rows), name)
        assert (trusted(got, "t3"), trusted(got, "t4")) == (TRUTH, TRUTH_FOUR)


def test_a_value_below_two_labels_and_a_head_is_not_the_second_ones() -> None:
    text = "第二十条第（六）项\n行政处罚\n行政强制\n本年处理决定数量\n35\n"
    assert trusted(read(text, "x.txt"), "t2") == {}
    text = "行政处罚：本年处理决定数量35\n行政强制\n2\n"
    assert values(read(text, "x.txt"), "t2") == {"t2.penalty.decisions": "35"}
