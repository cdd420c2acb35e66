"""Names of bodies taken apart, and how people call those with several bodies in one name."""

from __future__ import annotations

import pytest

from assistant.lexicon import load_lexicon
from assistant.library.naming import match_bodies
from assistant.library.parts import parts_of

SUBDISTRICT = "芷汀市桑榆区人民政府苔溪街道办事处"
REGULATOR = "中国证监会檀溪监管局"
CUSTOMS = "檀江海关"


def test_what_a_government_has_put_below_it_has_a_place_of_its_own() -> None:
    parts = parts_of(SUBDISTRICT)
    assert [place.name for place in parts.places] == ["芷汀", "桑榆", "苔溪"]
    assert parts.level == "街道"


def test_the_short_name_of_the_body_above_stands_before_the_place_too() -> None:
    parts = parts_of(REGULATOR)
    assert [place.name for place in parts.places] == ["檀溪"]
    assert parts.unit == "证监会监管局"


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("苔溪街道去年收到几件申请", SUBDISTRICT),
        ("桑榆区苔溪街道办罚了多少起", SUBDISTRICT),
        ("芷汀市桑榆区人民政府苔溪街道办事处新收几件", SUBDISTRICT),
        ("檀溪证监局办了多少件行政许可", REGULATOR),
        ("檀溪监管局新收几件", REGULATOR),
        ("把檀江海关告上法院的有几件", CUSTOMS),
        ("檀江海关告到法院的案子", CUSTOMS),
    ],
)
def test_bodies_are_known_by_what_people_call_them(question: str, body: str) -> None:
    bodies = {name: name for name in (SUBDISTRICT, REGULATOR, CUSTOMS)}
    assert {name for name, _ in match_bodies(question, bodies, load_lexicon())} == {body}
