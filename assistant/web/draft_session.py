"""One draft as the browser session keeps it: what was typed, and what follows from it.

It lives on the server, one per browser session, and nothing of it is written to disk but a file
that is being read, which is gone when it has been read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from assistant.draft.draft import draft_report
from assistant.draft.entries import Entry, Figures, settle
from assistant.draft.figures_in import read_figures
from assistant.draft.finding import body_meant, reports_of
from assistant.draft.layout import form_for, value_spots
from assistant.draft.model import Draft, Problem
from assistant.draft.narrative import Choices, fee_of
from assistant.draft.self_check import with_self_check
from assistant.lexicon import load_lexicon
from assistant.library.directory import Directory
from assistant.web.desk import Desk
from index.checks import Sheet
from index.record import Number
from index.report import Report

LONGEST_ENTRY, LONGEST_REASON = 40, 200
"""Characters of a cell, and of why last year's figures are not taken."""


@dataclass
class Drafting:
    """A body's report for a year as it is being drafted.

    ``typed`` are the cells as they were typed or read from a file, by address; ``read`` what could
    not be taken from that file, ``zeros`` those of its empty cells that it says are 0.
    ``override`` is why the clerk's 上年结转 goes before last year's report, "" where it does not.
    ``turn_taking`` is held while an event changes it.
    """

    body: str
    year: int
    last: Sequence[Report]
    typed: dict[str, str] = field(default_factory=dict)
    read: tuple[Problem, ...] = ()
    zeros: frozenset[str] = frozenset()
    fee: str = ""
    keep: frozenset[int] = frozenset()
    override: str = ""
    turn_taking: Lock = field(default_factory=Lock, repr=False)

    @property
    def source(self) -> Report | None:
        """Last year's report, None where there is none."""
        return self.last[0] if self.last else None

    def draft(self, *, checked: bool = False) -> Draft:
        """The draft as it follows from what was typed; ``checked``: with its self-check.

        Raises:
            GoujiError: the fee is no amount.
        """
        choices = Choices(fee=fee_of(self.fee), keep=tuple(sorted(self.keep)))
        made = draft_report(
            self.body,
            self.year,
            self.last,
            self._figures(),
            choices,
            override=self.override or None,
        )
        source = self.source if made.last is not None else None
        return with_self_check(made, source) if checked else made

    def enter(self, address: str, text: str) -> None:
        """Take what was typed into a cell; an empty one is open again."""
        if address in value_spots(form_for(self.year)):
            self.typed[address] = text.strip()[:LONGEST_ENTRY]
            if not self.typed[address]:
                del self.typed[address]

    def say_override(self, reason: str) -> None:
        """Let the clerk's 上年结转 go before last year's report, for a reason, if one is given."""
        self.override = " ".join(reason.split())[:LONGEST_REASON]

    def take_file(self, name: str, data: bytes) -> None:
        """Take the cells of a file in place of what was typed; a file without any changes none.

        Raises:
            GoujiError: it cannot be read.
        """
        form = form_for(self.year)
        with TemporaryDirectory(prefix="gouji-") as folder:
            path = Path(folder) / f"figures{Path(name).suffix.lower()}"
            path.write_bytes(data)
            figures = read_figures(path, self.body, self.year, form)
        if figures.values:
            self.typed = {a: _printed(found.value) for a, found in figures.values.items()}
        self.read = figures.problems
        self.zeros = figures.empty if figures.zeros else frozenset()

    def _figures(self) -> Figures:
        form = form_for(self.year)
        sheet, spots = Sheet(form, {}), value_spots(form)
        entries = [Entry(a, text, sheet.name(*a.split("."))) for a, text in self.typed.items()]
        settled = settle(entries, spots)
        unsolved = tuple(p for p in self.read if p.address not in self.typed)
        update = {
            "problems": (*unsolved, *settled.problems),
            "empty": self.zeros - self.typed.keys(),
            "zeros": bool(self.zeros),
        }
        return settled.model_copy(update=update)


def begin(desk: Desk, name: str, year: int) -> Drafting:
    """A draft of the body that a name means.

    Raises:
        GoujiError: several bodies are meant, no form is prescribed, or the store cannot be read.
    """
    form_for(year)  # before anything else: whether there is one
    cards = tuple(desk.reports())
    directory = Directory(cards, load_lexicon(), lambda ids: ())
    body = body_meant(name, directory, load_lexicon())
    return Drafting(body, year, reports_of(desk, body, year - 1))


def bodies_of(desk: Desk) -> Mapping[str, int]:
    """The bodies that can be drafted for, each with the year after its newest report."""
    years: dict[str, int] = {}
    for card in desk.reports():
        if card.body is not None and card.year is not None:
            years[card.body] = max(years.get(card.body, 0), card.year + 1)
    return dict(sorted(years.items()))


def _printed(value: Number) -> str:
    return f"{value:f}" if not isinstance(value, int) else str(value)
