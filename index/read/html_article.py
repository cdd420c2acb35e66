"""Which part of a web page is the report: its article, with the title, without menus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from index.read.html_layout import Paragraph, Piece, Table, flat, title_score
from index.read.html_page import PageReader

SHORTEST_MARK, LONGEST_MARK = 4, 60
LONGEST_HEAD = 400
TITLE_PARTS = re.compile(r"[_|｜]|\s[-–—>»]+\s?|[-–—>»]+\s|--+|——+")
MARK = re.compile(
    "[总總][体體]情[况況]|[主][动動]公[开開]政府[信资資]|收到和[处處]理政府[信资資]|[因被].{0,12}申[请請]行政[复復覆][议議]"
    "|存在的主要[问問][题題]|其他需要[报報]告|本年新收政府[信资資]"
)
MENU_RUN, MENU_LINKS = 4, 3
"""Paragraphs of nothing but links in a row, or links in one paragraph, that make a menu."""
MOST_BETWEEN, LONGEST_BETWEEN = 12, 80
"""Lines between title and article (source, date), and their characters."""


class Article(NamedTuple):
    """The report's own paragraphs and tables; whether a heading of a report is among them.

    ``pictures`` counts those among them.
    """

    pieces: list[Piece]
    marked: bool
    pictures: int = 0


def find_article(page: PageReader) -> Article:
    """The report on a page, its title first.

    The article is the smallest element that holds all section headings and the request table,
    and half of the page's text at least; without any of these it is the whole page.
    """
    pieces = list(flat(page.items))
    menus = _menus(pieces)
    own = [not piece.chrome and at not in menus for at, piece in enumerate(pieces)]
    if not any(own):
        own = [True] * len(pieces)
    marked = [at for at, piece in enumerate(pieces) if own[at] and _is_marked(piece)]
    first, last = _range(page, pieces, own, marked)
    inside = [at for at, p in enumerate(pieces) if own[at] and first <= p.node <= last]
    if not inside:
        return Article([], marked=False)
    lead = [at for at in inside if not marked or at < marked[0]][: 3 * MOST_BETWEEN]
    found = max(map(_score, _at(pieces, lead)), default=0)
    before = _title_before(page, pieces, own, inside[0], found)
    pictures = sum(first <= node <= last for node in page.pictures)
    return Article([*before, *_at(pieces, inside)], bool(marked), pictures)


def _at(pieces: list[Piece], places: Sequence[int]) -> Iterator[Piece]:
    return (pieces[at] for at in places)


def _range(
    page: PageReader, pieces: list[Piece], own: list[bool], marked: list[int]
) -> tuple[int, int]:
    """First and last element of the article."""
    if not marked:
        return 0, page.ends[0]
    weights = [0] * len(page.ends)
    for at, piece in enumerate(pieces):
        weights[piece.node] += _weight(piece) if own[at] else 0
    sums = [0, *accumulate(weights)]
    least = max(sums[-1] // 2, sum(map(_weight, _at(pieces, marked))) + 1)  # more than headings
    nodes = [piece.node for piece in _at(pieces, marked)]
    node, last = min(nodes), max(nodes)
    while node and (page.ends[node] < last or sums[page.ends[node] + 1] - sums[node] < least):
        node = page.parents[node]
    return node, page.ends[node]


def _weight(piece: Piece) -> int:
    if isinstance(piece, Paragraph):
        return 0 if piece.links else len(piece.text)
    return sum(cell.chars for row in piece.rows for cell in row)


def _score(piece: Piece) -> int:
    return title_score(piece.text) if isinstance(piece, Paragraph) and not piece.links else 0


def _is_marked(piece: Piece) -> bool:
    if isinstance(piece, Paragraph):
        text = piece.text
        return len(text) <= LONGEST_MARK and bool(MARK.search("".join(text.split())))
    return any(
        cell.chars >= SHORTEST_MARK and MARK.search(cell.text) for row in piece.rows for cell in row
    )


def _menus(pieces: list[Piece]) -> set[int]:
    """Places of what is a menu: only links, and several of them."""
    menus: set[int] = set()
    run: list[int] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Table):
            filled = [cell for row in piece.rows for cell in row if cell.content]
            held = (p for cell in filled for p in flat(cell.content))
            if len(filled) >= MENU_LINKS and all(
                isinstance(p, Paragraph) and p.links for p in held
            ):
                menus.add(at)
            run = []
        elif piece.links:
            run.append(at)
            if len(run) == MENU_RUN:
                menus.update(run)
            elif len(run) > MENU_RUN or piece.links >= MENU_LINKS:
                menus.add(at)
        else:
            run = []
    return menus


def _title_before(
    page: PageReader, pieces: list[Piece], own: list[bool], first: int, found: int
) -> list[Piece]:
    """The title where the article lacks it: printed before it with the lines between, or <title>.

    ``found`` is how much like a title the best line of the article's head reads.
    """
    for at in range(first - 1, -1, -1):
        piece = pieces[at]
        if _score(piece) > found:
            between = [p for n, p in enumerate(pieces[at + 1 : first], at + 1) if own[n]]
            short = [p for p in between if isinstance(p, Paragraph) and not p.links]
            fits = len(between) <= MOST_BETWEEN and between == short
            fits = fits and all(len(p.text) <= LONGEST_BETWEEN for p in short)
            return [piece, *(between if fits else [])]
    for part in TITLE_PARTS.split(page.title[:LONGEST_HEAD]):
        if title_score(part) > found:
            return [Paragraph(part.strip(), 0, 0, chrome=False)]
    return []
