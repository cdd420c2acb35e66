"""What the commands of ``gouji`` share: how they end and tell of errors."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from index.errors import GoujiError

P = ParamSpec("P")
COULD_NOT = 2
FOUND = 1


def told(command: Callable[P, int | None]) -> Callable[P, None]:
    """Run a command; an error is told in one sentence and ends with status 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
        except GoujiError as error:
            tell_error(error)
            sys.exit(COULD_NOT)
        sys.exit(status or 0)

    return run


def tell_error(error: object) -> None:
    """One line on standard error."""
    click.echo(f"错误 error: {error}", err=True)
