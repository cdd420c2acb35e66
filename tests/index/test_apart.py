"""Files that keep a reader busy, or take all memory, are given up; the next is read as ever."""

from __future__ import annotations

import io
import pickle
from multiprocessing import get_context
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.errors import EmbedderError, GoujiError, UnreadableFile
from index.read import apart, read_bytes

PLACE = Path("报告/某局2024.pdf")


def forms(levels: int, times: int) -> bytes:
    """A PDF of a few hundred bytes whose one page draws ``times`` to the power of ``levels``."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    call, last = b"/X Do\n" * times, b"0 0 1 1 re f\n"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 6>>stream\n/X Do\n\nendstream",
    ]
    for level in range(levels):
        drawn = call if level < levels - 1 else last
        below = b"/XObject<</X %d 0 R>>" % (6 + level) if level < levels - 1 else b""
        bodies.append(
            b"<<%s/Resources<<%s>>/Length %d>>stream\n%s\nendstream"
            % (head, below, len(drawn), drawn)
        )
    objects = (b"%d 0 obj%s endobj\n" % placed for placed in enumerate(bodies, 1))
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (len(bodies) + 1)
    return b"%PDF-1.4\n" + b"".join(objects) + end


def text_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(60, 700, "2023")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.slow
def test_a_page_that_keeps_pdfium_busy_is_given_up_and_the_next_file_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_bytes(text_pdf(), PLACE).text.strip() == "2023"
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    with pytest.raises(UnreadableFile, match="仍未读完") as caught:
        read_bytes(forms(9, 20), PLACE)
    assert caught.value.place == str(PLACE)
    assert "另存" in caught.value.advice
    monkeypatch.undo()
    assert read_bytes(text_pdf(), PLACE).text.strip() == "2023"


@pytest.mark.slow
def test_a_page_that_takes_all_memory_is_given_up_and_the_next_file_is_read() -> None:
    with pytest.raises(UnreadableFile, match="内存过多"):
        read_bytes(forms(6, 20), PLACE)
    assert read_bytes(text_pdf(), PLACE).text.strip() == "2023"


@pytest.mark.slow
def test_a_process_that_read_apart_ends() -> None:
    reading = get_context("spawn").Process(target=read_bytes, args=(text_pdf(), PLACE))
    reading.start()
    reading.join(30)
    ended = reading.exitcode
    reading.kill()
    assert ended == 0


def test_an_error_keeps_its_parts_on_the_way_from_another_process() -> None:
    for kind in (GoujiError, UnreadableFile, EmbedderError):
        error = kind("坏了 (broken).", place="a.pdf", advice="重下 (again).")
        again = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert type(again) is kind
        assert (again.message, again.place, again.advice) == (
            "坏了 (broken).",
            "a.pdf",
            "重下 (again).",
        )
        assert str(again) == str(error)
