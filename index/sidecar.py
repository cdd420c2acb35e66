"""What the user sets about a report: a YAML file beside it, or options of the command."""

from __future__ import annotations

from errno import ENAMETOOLONG
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from index.errors import SidecarError
from index.report import Record

SUFFIX, MOST_BYTES = ".gouji.yaml", 65_536


class Given(Record):
    """Body and year as the user sets them; None leaves the text to say."""

    body: str | None = Field(default=None, min_length=2)
    year: int | None = Field(default=None, ge=2008, le=2100)

    def over(self, other: Given) -> Given:
        """These settings, completed by others."""
        return Given(
            body=self.body if self.body is not None else other.body,
            year=self.year if self.year is not None else other.year,
        )


def read_sidecar(report: Path, shown: str = "") -> Given:
    """The settings in ``<report file>.gouji.yaml``; empty where there is no such file.

    ``shown`` is what the report is called in an error, if not by its path.

    Raises:
        SidecarError: the file is not YAML or holds anything but ``body`` and ``year``.
    """
    path, place = report.with_name(report.name + SUFFIX), f"{shown or report}{SUFFIX}"
    try:
        with path.open("rb") as file:
            return parse_sidecar(file.read(MOST_BYTES + 1), place)
    except FileNotFoundError:
        return Given()
    except OSError as error:
        if error.errno == ENAMETOOLONG:  # then there is none
            return Given()
        raise _malformed(place, str(error)) from error


def parse_sidecar(data: bytes, place: str) -> Given:
    """The settings in the content of a sidecar; ``place`` names it in an error.

    Raises:
        SidecarError: as `read_sidecar`.
    """
    if len(data) > MOST_BYTES:
        raise _malformed(place, f"超过 {MOST_BYTES} 字节 (too long)")
    try:
        return Given.model_validate(yaml.load(data.decode(), Loader=yaml.CSafeLoader) or {})
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise _malformed(place, " ".join(str(error).split())) from error
    except ValidationError as error:
        raise _malformed(place, error.errors()[0]["msg"]) from error


def _malformed(place: str, reason: str) -> SidecarError:
    return SidecarError(
        f"附带设置有误 (malformed sidecar): {reason}.",
        place=place,
        advice="只能写 body 和 year (only body and year are allowed).",
    )
