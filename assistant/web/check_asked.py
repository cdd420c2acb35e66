"""What the fields of the check page ask of a check, as the options of `gouji check` do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from assistant.audit.across import Comparing
from assistant.audit.looking import Wishes, day_of
from assistant.web.words import Words
from index.across.units import NO_UNITS, Units, units_in
from index.errors import InputError

DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
"""A month and a day as clerks write them: 1月20日, 1-20, 01/20."""
SHARE = re.compile(r"(\d{1,3})\s*%?")
ALL = 100


@dataclass(frozen=True)
class Asked:
    """The day by which reports were due, the units of governments, percent that may be last year's.

    None, and no units: as usual.
    """

    due: tuple[int, int] | None = None
    units: Units = field(default_factory=lambda: NO_UNITS)
    copied: int | None = None

    @property
    def wishes(self) -> Wishes:
        """What it asks of the reading."""
        return Wishes(due=self.due)

    @property
    def comparing(self) -> Comparing:
        """What it asks of comparing reports."""
        return Comparing(self.units, self.copied)


def asked(due: str | None, copied: str | None, units: str | None, w: Words) -> Asked:
    """What was typed into the fields; an empty one asks for nothing, one never touched is None.

    Raises:
        InputError: it is not what its field is for; the place is the field.
    """
    return Asked(_day(due, w.check_due), units_in(units or "", w.check_units), _share(copied, w))


def described(what: Asked, w: Words) -> str:
    """What was asked, in a line; "" where nothing was."""
    parts = []
    if what.due is not None:
        parts.append(w.check_by_due.format(month=what.due[0], day=what.due[1]))
    if what.copied is not None:
        parts.append(w.check_by_copied.format(percent=what.copied))
    if what.units:
        count = sum(map(len, what.units.values()))
        parts.append(w.check_by_units.format(n=len(what.units), units=count))
    return w.check_by.format(parts=w.comma.join(parts)) if parts else ""


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").strip()


def _day(text: str | None, field: str) -> tuple[int, int] | None:
    written = _plain(text)
    if not written:
        return None
    match = DAY.fullmatch(written)
    return day_of(f"{match[1]:0>2}-{match[2]:0>2}" if match else written, field)


def _share(text: str | None, w: Words) -> int | None:
    written = _plain(text)
    if not written:
        return None
    match = SHARE.fullmatch(written)
    if match is None or int(match[1]) > ALL:
        raise InputError(
            f"“{written}”不是 0 到 100 的整数 (no whole number from 0 to 100).",
            place=w.check_copied,
            advice="请写成如 40 (write it like 40).",
        )
    return int(match[1])
