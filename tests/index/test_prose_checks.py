"""What sentences claim about their numbers: each claim holds, breaks, and is left alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.errors import LexiconError
from index.prose.checks import PROSE_CHECKS
from index.prose.claims import one_slip
from index.reading import read_report
from index.report import Outcome, Status, Strength
from index.words.checks import load_claims
from tests.index.helpers import EXAMPLES, RULES, read_example
from tests.index.prose_helpers import read, read_and_check

CLAIMS = load_claims("prose")
CODES = tuple(CLAIMS)


def rule(code: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((RULES / code / f"{name}.yaml").read_text("utf-8"))
    assert set(loaded) == {"text", "check", "equation", "difference"}
    return loaded


def test_every_claim_has_its_function_and_its_two_examples() -> None:
    assert set(PROSE_CHECKS) == set(CODES)
    folders = {p.name for p in RULES.iterdir() if p.name.startswith("P-")}
    assert folders == set(CODES)
    for code in CODES:
        files = {p.name for p in (RULES / code).iterdir()}
        assert files == {"holds.yaml", "breaks.yaml"}


@pytest.mark.parametrize("name", ["holds", "breaks"])
@pytest.mark.parametrize("code", CODES)
def test_the_examples_hold_and_break(code: str, name: str) -> None:
    expected = rule(code, name)
    figures, checks = read_and_check(expected["text"])
    found = {c.id: c for c in checks}
    check = found[expected["check"]]
    assert check.code == code
    assert check.strength is CLAIMS[code].strength
    assert check.outcome is (Outcome.HOLDS if name == "holds" else Outcome.FAILS)
    assert check.equation == expected["equation"]
    assert check.difference == Decimal(str(expected["difference"]))
    assert check.sentence
    assert check.sentence_en
    assert set(check.addresses) <= {f.address for f in figures}
    assert check.spans
    sentences = [expected["text"][slice(*span)] for span in check.spans]
    assert all(sentence.endswith("。") for sentence in sentences)
    operands = [f for f in figures if f.address in check.addresses]
    assert all(any(f.printed in sentence for sentence in sentences) for f in operands)
    for address in check.addresses:
        figure = next(f for f in figures if f.address == address)
        assert check.id in figure.checks


@pytest.mark.parametrize("code", CODES)
def test_a_breaking_example_breaks_nothing_else(code: str) -> None:
    _, checks = read_and_check(rule(code, "breaks")["text"])
    assert {c.code for c in checks if c.outcome is Outcome.FAILS} == {code}


@pytest.mark.parametrize("code", [c for c in CODES if CLAIMS[c].strength is Strength.HARD])
def test_a_broken_hard_claim_fails_its_figures(code: str) -> None:
    expected = rule(code, "breaks")
    figures, checks = read_and_check(expected["text"])
    check = next(c for c in checks if c.id == expected["check"])
    status = {f.address: f.status for f in figures}
    assert {status[a] for a in check.addresses} == {Status.FAILED}


def test_a_warning_fails_no_figure() -> None:
    figures, checks = read_and_check(rule("P-SAME", "breaks")["text"])
    assert [c.outcome for c in checks] == [Outcome.FAILS]
    assert {f.status for f in figures} == {Status.PRINTED}


def test_holding_verifies_what_is_exact() -> None:
    figures = read(rule("P-PARTS", "holds")["text"])
    assert {f.status for f in figures} == {Status.VERIFIED}
    about = read("全年公开信息120余条，其中网站70条、其他渠道60条。")
    assert {f.status for f in about} == {Status.PRINTED}


def outcomes(text: str) -> dict[str, tuple[str, str]]:
    return {
        c.id: (c.strength.value, c.outcome.value)
        for c in read_and_check(text)[1]
        if c.code != "P-SAME"
    }


HOLDS, FAILS, WARNS = ("hard", "holds"), ("hard", "fails"), ("warning", "fails")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Where a part may be left out, a smaller sum is no contradiction.
        ("全年公开信息120条，其中网站70条、微信公众号30条。", {}),
        ("共办理1200件（其中咨询700件、投诉400件、建议95件）。", {}),
        ("全年培训干部218人次（女干部100人次、党员150人次）。", {}),
        (
            "全年发布信息2139条，其中动态类1744条、政务类393条、解读类23条。",
            {"P-PARTS@p1.n2": WARNS},
        ),
        # One misprinted digit between a whole and three parts or more is no chance.
        (
            "共服务14711次（其中帮办9159次、代办4763次、督办84次、咨询765次）。",
            {"P-PARTS@p1.n2": FAILS},
        ),
        ("共服务1300次（其中帮办900次、代办301次、督办100次）。", {"P-PARTS@p1.n2": FAILS}),
        ("共服务130次（其中帮办90次、代办31次、督办10次）。", {"P-PARTS@p1.n2": WARNS}),
        # 其他 closes a list, whatever parts its items.
        ("受理90件。其中，自然人60件，其他主体20件。", {"P-PARTS@p1.n2": FAILS}),
        ("受理90件，其中：自然人60件；法人20件；其他10件；回访3件。", {"P-PARTS@p1.n2": HOLDS}),
        ("共有账号218个，其中微博34个、微信163个、其余21个。", {"P-PARTS@p1.n2": HOLDS}),
        ("全年公开信息2316条:网站1087条,微信743条,屏幕486条。", {"P-PARTS@p1.n2": HOLDS}),
        (
            "接办建议40件，其中主办10件（人大4件，政协6件），协办30件（人大15件、政协15件）。",
            {"P-PARTS@p1.n2": HOLDS, "P-PARTS@p1.n3": HOLDS, "P-PARTS@p1.n6": HOLDS},
        ),
        # The parts may be of several numbers together, or of another unit.
        ("新收申请81件，上年结转3件，其中予以公开42件、其他处理42件。", {}),
        ("承办建议8件、提案12件，其中主办7件、其他13件。", {}),
        ("承办建议8件、提案12件，其中主办7件、其他6件。", {}),
        ("举办培训5期，其中干部30人、其他人员20人。", {}),
        # Each is not all; hedged is not exact.
        ("发布解读28篇，其中英文、日文版各5篇，其他3篇。", {}),
        ("发布信息约120条，其中网站70条、其他渠道30条。", {}),
        ("发布信息超1000万条，其中网站600万条、其他渠道300万条。", {"P-PARTS@p1.n2": FAILS}),
        ("发布信息超1000万条，其中网站600万条、其他渠道500万条。", {}),
        ("受理诉求172.6万件，其中电话135.0万件、其他37.6万件。", {"P-PARTS@p1.n2": HOLDS}),
        ("受理诉求172.6万件，其中电话135.0万件、其他37.5万件。", {}),
        ("受理诉求172.6万件，其中电话135.0万件、其他34.5万件。", {"P-PARTS@p1.n2": FAILS}),
        ("运行经费286.5万元，其中短信97.3万元、其他189.2万元。", {"P-PARTS@p1.n2": HOLDS}),
        # What a whole is made of leaves nothing out, nor do names that are all there are.
        ("共有事项120项，由个人事项70项、法人事项30项组成。", {"P-PARTS@p1.n2": FAILS}),
        ("共有事项120项，由个人事项70项、法人事项50项构成。", {"P-PARTS@p1.n2": HOLDS}),
        ("由个人事项70项、法人事项30项进驻大厅。", {}),
        ("受理90件，其中自然人60件、法人或其他组织20件。", {"P-PARTS@p1.n2": FAILS}),
        ("受理90件，其中自然人60件、法人20件。", {}),
        # One number for each of several names.
        ("发布信息120条，网站、微信、其他渠道分别为70条、40条、20条。", {"P-PARTS@p1.n2": FAILS}),
        ("发布信息120条，其中网站、微信依次为70条、50条。", {"P-PARTS@p1.n2": HOLDS}),
        # A list that spells the whole out, to the end of its sentence, leaves nothing out.
        ("全年受理来信62封，分别为建议40封、投诉21封。", {"P-PARTS@p1.n2": FAILS}),
        ("全年受理来信62封，分别为建议40封、投诉22封。", {"P-PARTS@p1.n2": HOLDS}),
        ("共接待1538人次，分为来访1200人次、来电308人次。", {"P-PARTS@p1.n2": FAILS}),
        ("发布信息330条，按栏目分，要闻200条、通知90条。", {"P-PARTS@p1.n2": FAILS}),
        ("发布信息418条，具体为：水质95条，噪声112条，固废201条。", {"P-PARTS@p1.n2": FAILS}),
        ("发布信息330条（具体为网站200条、微信120条），回复留言9条。", {"P-PARTS@p1.n2": FAILS}),
        # What is spelt out is the number straight before it; a list may go on, or count twice.
        ("发布信息330条。从渠道看，分别为网站200条、微信120条。", {}),
        ("发布信息330条，办理建议30件，分别为人大20件、政协9件。", {"P-PARTS@p1.n3": FAILS}),
        ("发布信息330条，具体为网站200条、微信120条等。", {}),
        ("发布信息330条，分别为网站200条、微信120条，其余为线下发布。", {}),
        ("发布信息330条，具体为网站200条、微信120条、短视频3个。", {}),
        ("举办活动12场，分别为讲座8场；接待群众300人。", {}),
        ("发布信息330条，分别为网站300条、微信120条。", {}),
        ("发布信息330条，按月份来看，年初30条、年末40条。", {}),
        # So it is where the parts are less, of a large whole.
        ("共接来电48216通（咨询类41207通，投诉类692通，建议类1317通）。", {"P-PARTS@p1.n2": FAILS}),
        ("共接来电48216通（咨询类43107通，投诉类692通，建议类1317通）。", {}),
        ("共接来电48216通（咨询类46207通，投诉类692通）。", {}),
        # A list that no word opens: three or more that are together the whole, or a little more.
        ("发布信息120条，动态70条、政务30条、解读20条。", {"P-PARTS@p1.n2": HOLDS}),
        ("发布信息139条，动态70条、政务50条、解读23条。", {"P-PARTS@p1.n2": WARNS}),
        ("发布信息120条，动态70条、政务30条、解读10条。", {}),
        ("发布信息120条，办理留言70条、信件30条。", {}),
        ("行政复议案件5件，其中被纠正1件；行政诉讼案件4件。", {}),
        # A total after its parts, or after the last of some numbers.
        ("网站1200条，微信800条，微博600条，合计1400条。", {"P-PARTS@p1.n2": HOLDS}),
        ("网站70条、微信30条，合计100条。", {"P-PARTS@p1.n1": HOLDS}),
        ("网站70条、微信30条，合计110条。", {"P-PARTS@p1.n1": FAILS}),
        ("网站70条，微信30条，共发布100条。", {"P-PARTS@p1.n1": HOLDS}),
        ("网站70条，微信30条，共发布110条。", {}),
        ("网站70条、微信30条，合计公开信息110条。", {}),
        ("印发公报3期，网站70条、微信30条，合计110条。", {}),
        # 其他处理 is an outcome, and no rest.
        ("答复90件，其中予以公开60件、其他处理20件。", {}),
    ],
)
def test_parts(text: str, found: dict[str, tuple[str, str]]) -> None:
    assert outcomes(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共有事项1635项，其中即办件907个，即办件占比55.47%。", {"P-SHARE@p1.n3": HOLDS}),
        ("共有事项1635项，其中即办件907个，即办件占比56%。", {"P-SHARE@p1.n3": FAILS}),
        # Rounded or cut off at the last printed digit.
        ("答复805件，其中不予公开35件，占4.35%。", {"P-SHARE@p1.n3": HOLDS}),
        ("答复805件，其中不予公开35件，占4.34%。", {"P-SHARE@p1.n3": HOLDS}),
        ("答复805件，其中不予公开35件，占4.33%。", {"P-SHARE@p1.n3": FAILS}),
        ("答复805件，其中不予公开35件，占4%。", {"P-SHARE@p1.n3": HOLDS}),
        # Hedged as hedged.
        ("答复100件，其中公开65件，占六成以上。", {"P-SHARE@p1.n3": HOLDS}),
        ("答复100件，其中公开55件，占六成以上。", {"P-SHARE@p1.n3": FAILS}),
        ("答复100件，其中公开55件，占近六成。", {}),
        ("答复约100件，其中公开55件，占60%。", {}),
        # The whole is the one that is named, here or before; else there is none.
        (
            "新收申请690件，办结600件。自然人提出612件，占新收总量的88.7%。",
            {"P-SHARE@p1.n4": HOLDS},
        ),
        (
            "新收申请690件，办结600件。自然人提出612件，占新收总量的89.7%。",
            {"P-SHARE@p1.n4": FAILS},
        ),
        (
            "新收申请690件，比上年的637件增长8.3%。自然人提出612件，占新收总量的88.7%。",
            {"P-SHARE@p1.n5": HOLDS, "P-CHANGE@p1.n3": HOLDS},
        ),
        ("本级新收申请20件，全市新收申请690件。自然人提出612件，占新收总量的3%。", {}),
        ("行政复议纠正7件，占已审结30件的23.3%。", {"P-SHARE@p1.n3": HOLDS}),
        ("受理1000件，其中咨询600件，满意500件，占回访数的95%。", {}),
        ("关注人数7815人，占户籍人口的27.3%。", {}),
        ("移动端占71.5%。", {}),
        # 总数 is the one number that may be meant.
        ("收到建议80件，采纳60件，占总数的七成五。", {"P-SHARE@p1.n3": HOLDS}),
        ("收到建议80件，采纳60件，占总数的65%。", {"P-SHARE@p1.n3": FAILS}),
        ("收到建议80件、提案90件，采纳60件，占总数的65%。", {}),
        ("收到建议80件，采纳60件，占八成。", {}),
        # A name before 占.
        ("新收申请80件，网上申请60件。网上申请占新收申请的65%。", {}),
        ("新收申请80件，网上申请60件，其中网上申请占新收申请的65%。", {"P-SHARE@p1.n3": FAILS}),
        # Parts behind semicolons, each with its share, that are together the whole.
        (
            "收到56件，其中网上30件，占53.6%；信函20件，占35.7%；当面6件，占12.7%。",
            {
                "P-PARTS@p1.n2": HOLDS,
                "P-SHARE@p1.n3": HOLDS,
                "P-SHARE@p1.n5": HOLDS,
                "P-SHARE@p1.n7": FAILS,
            },
        ),
        ("收到56件，其中网上30件，占53.6%；办结50件，占83%。", {"P-SHARE@p1.n3": HOLDS}),
        # All applicants there are.
        ("自然人占82.5%，法人及其他组织占18.5%。", {"P-SHARES@p1.n1": FAILS}),
        ("自然人占82.5%，法人占10.5%。", {}),
        # Rounded operands widen what agrees.
        ("收到评价27.6万条，其中好评27.4万条，占99.2%。", {"P-SHARE@p1.n3": HOLDS}),
        ("收到评价27.6万条，其中好评27.4万条，占95.2%。", {"P-SHARE@p1.n3": FAILS}),
        # The shares beside agree on a whole that no word names; the odd one out fails.
        (
            "答复805件。公开258件，占33.9%；不公开35件，占4.35%；无法提供265件，占32.9%；其他情形158件，占19.6%。",
            {
                "P-SHARE@p1.n3": FAILS,
                "P-SHARE@p1.n5": HOLDS,
                "P-SHARE@p1.n7": HOLDS,
                "P-SHARE@p1.n9": HOLDS,
                "P-SHARES@p1.n3": FAILS,
            },
        ),
        ("答复805件。公开258件，占33.9%；不公开35件，占5.35%。", {}),
    ],
)
def test_shares(text: str, found: dict[str, tuple[str, str]]) -> None:
    assert outcomes(text) == found


def test_a_whole_that_is_only_agreed_on_is_not_failed_by_the_odd_one_out() -> None:
    figures = read("答复805件。公开258件，占33.9%；不公开35件，占4.35%；无法提供265件，占32.9%。")
    status = {f.value: f.status for f in figures}
    assert status[258] is status[Decimal("33.9")] is Status.FAILED
    assert status[805] is Status.PRINTED
    assert status[265] is status[35] is Status.VERIFIED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("受理诉求27058件,较上年(66475件)下降59.3%。", {"P-CHANGE@p1.n3": HOLDS}),
        ("受理诉求27058件,较上年(66475件)下降49.3%。", {"P-CHANGE@p1.n3": FAILS}),
        ("受理诉求27058件,较上年(66475件)增长59.3%。", {"P-CHANGE@p1.n3": FAILS}),
        ("新收申请83件。与上年的52件相比，新收申请增长59.6%。", {"P-CHANGE@p1.n3": HOLDS}),
        ("新收申请83件，与上年的52件相比，增加31件。", {"P-CHANGE@p1.n3": HOLDS}),
        ("新收申请83件，比上年的52件多30件。", {"P-CHANGE@p1.n3": FAILS}),
        ("申请由上年的48件增加到63件，增长31.25%。", {"P-CHANGE@p1.n3": HOLDS}),
        ("申请由上年的48件增加到63件，增长13%。", {"P-CHANGE@p1.n3": FAILS}),
        ("准确率由71%提高到89%，提高18个百分点。", {"P-CHANGE@p1.n3": HOLDS}),
        ("准确率由71%提高到89%，提高17个百分点。", {"P-CHANGE@p1.n3": FAILS}),
        ("新收申请673件，比上年减少17件，下降2.5%。", {"P-CHANGE@p1.n3": HOLDS}),
        ("新收申请673件，比上年减少17件，下降3.5%。", {"P-CHANGE@p1.n3": FAILS}),
        # The earlier number in a bracket behind the change, or before 同比.
        ("新收申请44件，同比增长10%（上年40件）。", {"P-CHANGE@p1.n2": HOLDS}),
        ("新收申请44件，同比增长20%（上年40件）。", {"P-CHANGE@p1.n2": FAILS}),
        ("新收申请44件，上年40件，同比增长20%。", {"P-CHANGE@p1.n3": FAILS}),
        ("2023年新收申请44件，2022年40件，同比增长20%。", {"P-CHANGE@p1.n3": FAILS}),
        ("2023年新收申请44件，2021年40件，同比增长20%。", {}),
        # Times as much; 增长3倍 is said of three and of four times.
        ("访问量80万次，比上年的40万次翻一番。", {"P-CHANGE@p1.n3": HOLDS}),
        ("访问量90万次，比上年的20万次翻一番。", {"P-CHANGE@p1.n3": FAILS}),
        ("访问量900次，是上年300次的3倍。", {"P-CHANGE@p1.n3": HOLDS}),
        ("访问量900次，是上年300次的2倍。", {"P-CHANGE@p1.n3": FAILS}),
        ("访问量900次，比上年300次增长3倍。", {"P-CHANGE@p1.n3": HOLDS}),
        ("访问量900次，比上年300次增长2倍。", {"P-CHANGE@p1.n3": HOLDS}),
        ("访问量900次，比上年300次增长5倍。", {"P-CHANGE@p1.n3": FAILS}),
        ("经过一番努力，访问量900次。", {}),
        # Another year, another number, or a hedge: nothing to test.
        ("新收申请673件，比上年减少17件，比2019年下降13.5%。", {}),
        ("受理27058件,较上年(66475件)下降59.3%，比2019年下降66%。", {"P-CHANGE@p1.n3": HOLDS}),
        (
            "受理27058件,较上年(66475件)下降59.3%，较2019年(80000件)下降66.2%。",
            {"P-CHANGE@p1.n3": HOLDS, "P-CHANGE@p1.n5": HOLDS},
        ),
        ("新收申请83件，比上年的52件增长六成左右。", {}),
        ("新收申请83件，比上年的52件增长超五成。", {"P-CHANGE@p1.n3": HOLDS}),
        ("办结500件，比上年增加50件，网上申请增长20%。", {}),
        ("访问量3177万次，比上年增长36%。", {}),
        ("外文信息更新比中文晚4.2天。", {}),
    ],
)
def test_changes(text: str, found: dict[str, tuple[str, str]]) -> None:
    assert outcomes(text) == found


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        (14711, 14771, True),
        (1300, 1301, True),
        (2139, 2193, True),
        (60740, 60221, False),
        (999, 1000, False),
        (100, 111, False),
        (1234, 2134, True),
        (1234, 3214, False),
        (Decimal("9.5"), Decimal("9.6"), False),
        (7, 7, False),
    ],
)
def test_one_misprinted_digit(one: int, other: int, slip: bool) -> None:
    assert one_slip(one, other) is slip
    assert one_slip(other, one) is slip


def test_what_contradicts_a_number_contradicts_it_wherever_it_is_said_again() -> None:
    figures = read(
        "交易网共发布各类交易信息60740条。全年在市交易网共发布各类交易信息60740条，其中工程35000条、"
        "其他25000条；发布公告60740条。"
    )
    failed = [f.status is Status.FAILED for f in figures]
    assert failed == [True, True, True, True, False]
    assert figures[0].checks == figures[1].checks


def test_two_lists_of_one_whole_are_two_checks() -> None:
    text = "全年公开信息120条，其中网站70条、其他50条；全年公开信息120条，其中文字100条、其他20条。"
    ids = [c.id for c in read_and_check(text)[1]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_no_sample_report_contradicts_itself(path: Path) -> None:
    report = read_example(path.stem)
    broken = [c for c in report.checks if c.code in CODES and c.outcome is Outcome.FAILS]
    assert broken == []
    ids = [c.id for c in report.checks]
    assert len(ids) == len(set(ids))


CONTRADICTIONS = {
    "003_e121fe427aa0e29e.txt": {"P-PARTS": "= 60221"},
    "004_bc2901b205bfb866.txt": {"P-PARTS": "= 14771"},
    "shanghai-office-2019.html": {"P-SHARE": "258 ÷ 805 = 32.05% ≠ 33.9%"},
}
"""Sentences of real reports that contradict themselves, each read and agreed to."""


def test_real_reports_contradict_themselves_where_a_reader_says_so(shared: Path) -> None:
    found = {}
    for path in sorted([*(shared / "seeds").glob("*.txt"), *(shared / "corpus/reports").iterdir()]):
        report = read_report(path)
        hard = [c for c in report.checks if c.code in CODES and c.broken]
        if hard:
            found[path.name] = {c.code: c.equation for c in hard}
        failed = {f.value for f in report.prose_figures if f.status is Status.FAILED}
        assert failed == {t.value for c in hard for t in (*c.left, *c.right)}
    assert found.keys() == CONTRADICTIONS.keys()
    for name, equations in CONTRADICTIONS.items():
        assert found[name].keys() == equations.keys()
        for code, end in equations.items():
            assert found[name][code].endswith(end)


def test_a_bad_file_of_claims_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "claims.yaml"
    bad.write_text("prose: [{code: P-X, strength: firm, zh: 甲, en: a}]", "utf-8")
    with pytest.raises(LexiconError, match=r"claims\.yaml"):
        load_claims("prose", bad)
