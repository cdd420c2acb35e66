"""Grading: whether an answer is what its question expects, by value and place, not by wording.

An expectation is the ``expect`` of a line in a question file (see docs/evaluation.md). An
answer is graded as the plain JSON that every surface gives, so that what is graded is what a
user gets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from assistant.answer import Reason, Role
from assistant.places import Place, find_place
from index.record import Record
from index.report import TRUSTED, Status
from index.script import fold, half_width

Data = Mapping[str, Any]

DOUBTFUL = frozenset({Status.FAILED.value, Status.AMBIGUOUS.value})
UNVERIFIED = frozenset({Reason.FAILED_CHECK.value, Reason.AMBIGUOUS.value})
RESTS_ON = frozenset({Role.ANSWER.value, Role.INPUT.value})
MULTIPLES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
DIGITS = re.compile(r"\d+(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")
UNSEEN = re.compile(r"""[\s|"'“”‘’「」『』]+""")
PERCENT = frozenset({"%", "百分点"})
PERCENT_TOLERANCE = Decimal("0.01")
SHORT_QUOTE, TIMES_QUOTE, SHORT_LIST = 400, 5, 1500
"""Most characters of a passage (at least, and per character wanted) and of a list."""
WAYS = 2
"""Cited figures of the right reports with which a number may be computed another way."""
CANDIDATES = 2
"""Reports that a question back must at least offer."""


class Verdict(Record):
    """What became of one question. What is correct is neither of the others.

    ``wrong_figure``: a number was stated where another, or none, was right.
    ``needless_refusal``: it was refused or asked back though the reports answer it.
    """

    correct: bool
    wrong_figure: bool = False
    needless_refusal: bool = False


class Wanted:
    """A number that is expected: its value in base units and the place it is read from."""

    def __init__(self, data: Data) -> None:
        """Take it from an expectation, or from one of its ``values``, ``inputs`` or ``where``."""
        self.unit: str | None = data.get("unit")
        value = data.get("value", data.get("printed"))
        self.amount = base_amount(value, self.unit)
        self.file: str | None = data.get("seed")
        self.place: Place = find_place(data.get("table"), data.get("row"), data.get("column"))

    def is_value(self, value: Any, unit: str | None, tolerance: Decimal = Decimal(0)) -> bool:
        """Whether a value is this number; one without a unit is read in the expected one."""
        amount = base_amount(value, unit or self.unit)
        if amount is None or self.amount is None:
            return False
        return abs(amount - self.amount) <= tolerance

    def is_stated_by(self, figure: Data) -> bool:
        """Whether a figure has this value."""
        return self.is_value(figure.get("value"), figure.get("unit"))

    def is_read_by(self, figure: Data) -> bool:
        """Whether a figure is read from this report, table, row and column."""
        return same_report(figure.get("source_file"), self.file) and self.place.holds(
            figure.get("table"), figure.get("row"), figure.get("column")
        )

    def is_among(self, figures: Iterable[Data]) -> bool:
        """Whether one of the figures has this value from this place."""
        return any(self.is_stated_by(f) and self.is_read_by(f) for f in figures)


def base_amount(value: Any, unit: str | None) -> Decimal | None:
    """A number in base units: 7.22 in 万元 and "7.22万" are 72200, "93.5%" is 93.5.

    None where the value holds no number.
    """
    if value is None or isinstance(value, bool):
        return None
    text = half_width(str(value))
    match = NUMBER.search(text)
    if match is None:
        return None
    number = Decimal(match[0].replace(",", ""))
    rest = text[match.end() :].lstrip()
    return number * MULTIPLES.get(rest[:1], MULTIPLES.get((unit or "")[:1], 1))


def same_report(name: str | None, expected: str | None) -> bool:
    """Whether a file is the expected one, whatever its suffix; any is, where none is named."""
    return not expected or Path(name or "").stem == Path(expected).stem


def bare(text: str) -> str:
    """Text for comparing quotations: blind to script, width, spaces and quotation marks."""
    return UNSEEN.sub("", fold(text).text)


def figures_of(answer: Data, roles: frozenset[str] = RESTS_ON) -> list[Data]:
    """The figures of an answer that stand in one of these roles."""
    return [f for f in answer.get("figures") or () if f.get("role", Role.ANSWER.value) in roles]


def states_trusted(answer: Data) -> bool:
    """Whether an answer states a figure as certain."""
    stated = figures_of(answer, frozenset({Role.ANSWER.value}))
    return any(f.get("status") in TRUSTED for f in stated)


def refused(answer: Data) -> bool:
    """Whether an answer is a refusal or a question back."""
    return bool(answer.get("refusal") or answer.get("clarify"))


def reason_of(answer: Data) -> str | None:
    """Why an answer is refused; None where it is not."""
    return (answer.get("refusal") or {}).get("reason")


# What each kind of expectation asks of an answer.


def _figure(expect: Data, answer: Data) -> bool:
    wanted = Wanted(expect)
    stated = not refused(answer) and wanted.is_value(answer.get("value"), answer.get("unit"))
    return stated and wanted.is_among(figures_of(answer))


def _figures(expect: Data, answer: Data) -> bool:
    if refused(answer):
        return False
    figures, words = figures_of(answer), _words(expect)
    shown = _shown(answer) if words else ""
    read = all(Wanted(item).is_among(figures) for item in _items(expect, "values"))
    return read and bool(expect["values"]) and all(word in shown for word in words)


def _compare(expect: Data, answer: Data) -> bool:
    if not _figures(expect, answer):
        return False
    outcome = _outcome(expect)
    said = f"{answer.get('text') or ''}\n{answer.get('value') or ''}"
    return not outcome or bool(outcome & _numbers_in(said))


def _list(expect: Data, answer: Data) -> bool:
    shown = _shown(answer)
    told = all(bare(str(item)) in shown for item in expect["values"])
    return not refused(answer) and len(shown) <= SHORT_LIST and told


def _computed(expect: Data, answer: Data) -> bool:
    default = PERCENT_TOLERANCE if expect.get("unit") in PERCENT else 0
    tolerance = Decimal(str(expect.get("tolerance", default)))
    value, unit = answer.get("value"), answer.get("unit")
    if refused(answer) or not Wanted(expect).is_value(value, unit, tolerance):
        return False
    inputs = [Wanted(item) for item in _items(expect, "inputs") if item.get("seed")]
    figures = figures_of(answer)
    if all(wanted.is_among(figures) for wanted in inputs):
        return True
    near = [f for f in figures if any(same_report(f.get("source_file"), w.file) for w in inputs)]
    return len(near) >= WAYS


def _passage(expect: Data, answer: Data) -> bool:
    passages = answer.get("passages") or ()
    if not passages:
        return False
    wanted, got = bare(expect["quote"]), bare(passages[0].get("quote", ""))
    fits = len(got) <= max(SHORT_QUOTE, TIMES_QUOTE * len(wanted))
    from_there = same_report(passages[0].get("source_file"), expect.get("seed"))
    return wanted in got and fits and from_there


def _refuse_unverified(expect: Data, answer: Data) -> bool:
    if answer.get("value") is not None or states_trusted(answer):
        return False
    places = [Wanted(p) for p in expect.get("where") or ({"seed": expect.get("seed")},)]
    doubtful = [f for f in figures_of(answer) if f.get("status") in DOUBTFUL]
    shown = any(place.is_read_by(f) for f in doubtful for place in places)
    return shown or reason_of(answer) in UNVERIFIED


def _refuse_missing(_: Data, answer: Data) -> bool:
    if answer.get("value") is not None or states_trusted(answer):
        return False
    return bool(answer.get("refusal")) and reason_of(answer) not in UNVERIFIED


def _clarify(expect: Data, answer: Data) -> bool:
    offered = (answer.get("clarify") or {}).get("candidates") or ()
    known = expect.get("candidates")
    if isinstance(known, Mapping):
        stems = {Path(name).stem for name in known}
        offered = [c for c in offered if Path(c.get("source_file") or "").stem in stems]
    return answer.get("value") is None and len(offered) >= CANDIDATES


GRADERS: dict[str, tuple[Callable[[Data, Data], bool], frozenset[str]]] = {
    "figure": (_figure, frozenset({"value", "printed"})),
    "figures": (_figures, frozenset({"values"})),
    "compare": (_compare, frozenset({"values"})),
    "list": (_list, frozenset({"values"})),
    "computed": (_computed, frozenset({"value"})),
    "passage": (_passage, frozenset({"quote"})),
    "refuse_unverified": (_refuse_unverified, frozenset()),
    "refuse_missing": (_refuse_missing, frozenset()),
    "clarify": (_clarify, frozenset()),
}
"""The kinds of ``expect``: how each is graded, and which fields, one of them, it needs."""
NO_ANSWER = frozenset({"refuse_unverified", "refuse_missing", "clarify"})
"""Kinds for which a refusal is never needless."""


def fault_of(expect: Data) -> str | None:
    """What is wrong with an expectation; None where it can be graded."""
    for kind in (expect.get("kind"), *expect.get("accept_also", ())):
        if kind not in GRADERS:
            return f"kind {kind!r}"
    if not _has_what_it_needs(expect["kind"], expect):
        return " / ".join(sorted(GRADERS[expect["kind"]][1]))
    return None


def judge(expect: Data, answer: Data) -> Verdict:
    """Grade an answer; other kinds that are right too are named in ``accept_also``."""
    kinds = [expect["kind"], *expect.get("accept_also", ())]
    fitting = (kind for kind in kinds if _has_what_it_needs(kind, expect))
    if any(GRADERS[kind][0](expect, answer) for kind in fitting):
        return Verdict(correct=True)
    if answer.get("refusal"):
        return Verdict(correct=False, needless_refusal=expect["kind"] not in NO_ANSWER)
    return Verdict(
        correct=False,
        wrong_figure=_states_another(expect, answer),
        needless_refusal=bool(answer.get("clarify")) and expect["kind"] not in NO_ANSWER,
    )


def _states_another(expect: Data, answer: Data) -> bool:
    """Whether an answer that is not right states a number, as its own or as certain."""
    roles = RESTS_ON if "values" in expect else frozenset({Role.ANSWER.value})
    items = chain(_items(expect, "values"), _items(expect, "inputs"), [expect])
    right = [Wanted(item) for item in items if "value" in item]
    claims = [f for f in figures_of(answer, roles) if f.get("status") in TRUSTED]
    another = any(not any(w.is_stated_by(f) for w in right) for f in claims)
    return answer.get("value") is not None or another


def _has_what_it_needs(kind: str, expect: Data) -> bool:
    needs = GRADERS[kind][1]
    return not needs or any(name in expect for name in needs)


def _items(expect: Data, name: str) -> Iterator[Data]:
    """The numbers listed under a name; plain words among them are no numbers."""
    listed: Sequence[Any] = expect.get(name) or ()
    return (item for item in listed if isinstance(item, Mapping))


def _words(expect: Data) -> list[str]:
    """The plain words among the values, which must be said."""
    listed: Sequence[Any] = expect.get("values") or ()
    return [bare(str(item)) for item in listed if not isinstance(item, Mapping)]


def _shown(answer: Data) -> str:
    """The text of an answer and all that it quotes."""
    quotes = (p.get("quote", "") for p in answer.get("passages") or ())
    return bare("".join(chain([answer.get("text") or ""], quotes)))


def _numbers_in(text: str) -> set[str]:
    found = DIGITS.findall(half_width(text).replace(",", ""))
    return {number.lstrip("0") or "0" for number in found}


def _outcome(expect: Data) -> set[str]:
    """Numbers of the outcome that must be worked out; one of them has to be said."""
    listed = _numbers_in("\n".join(str(item.get("value")) for item in _items(expect, "values")))
    told = _numbers_in(expect.get("answer", "")) - listed
    return {number for number in told if not YEAR.fullmatch(number)}
