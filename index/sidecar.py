"""What the user sets about a report: a YAML file beside it, or options of the command."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from index.errors import SidecarError
from index.report import Record

SUFFIX = ".gouji.yaml"


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


def read_sidecar(report: Path) -> Given:
    """The settings in ``<report file>.gouji.yaml``; empty where there is no such file.

    Raises:
        SidecarError: the file is not YAML or holds anything but ``body`` and ``year``.
    """
    path = report.with_name(report.name + SUFFIX)
    if not path.exists():
        return Given()
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return Given.model_validate(data or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise SidecarError(
            f"附带设置有误 (malformed sidecar): {reason}.",
            place=str(path),
            advice="只能写 body 和 year (only body and year are allowed).",
        ) from error
