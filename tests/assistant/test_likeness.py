"""How well texts hold what was asked, repeated ones included."""

from __future__ import annotations

import numpy as np

from assistant.words.likeness import Lines

TEXTS = ["公众号粉丝8万人", "办结申请12件", "公众号粉丝8万人", "公眾號粉絲8萬人", ""]
ASKED = [("公众号",), ("粉丝", "关注人数"), ("办理",)]


def test_a_text_that_stands_several_times_is_as_like_as_alone() -> None:
    together = Lines(TEXTS).likeness(ASKED)
    assert together.shape == (len(TEXTS), len(ASKED))
    for text, row in zip(TEXTS, together, strict=True):
        assert np.allclose(row, Lines([text]).likeness(ASKED)[0], atol=1e-6)
    assert (together[0] == together[2]).all()
    assert together[0, 0] == 1
    assert together[1, 0] < 1


def test_nothing_to_look_in_and_nothing_asked_have_their_shapes() -> None:
    assert Lines([]).likeness(ASKED).shape == (0, len(ASKED))
    assert Lines(TEXTS).likeness([]).shape == (len(TEXTS), 0)
