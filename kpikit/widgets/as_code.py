"""What stands in `View.code`: how a workspace is opened, and something called in it."""

from __future__ import annotations

from os import PathLike, fspath

WIDEST = 100
"""The signs that a line has at most, where it can be broken."""


def opened(workspace: str | PathLike[str]) -> str:
    """The code that opens a workspace."""
    return f"kpikit.open({fspath(workspace)!r})"


class Name(str):
    """A name in code, which stands there without quotes."""

    def __repr__(self) -> str:
        return str(self)


def called(name: str, *given: object, **named: object) -> str:
    """The code of a call, without what is None; over several lines where it is long.

    >>> called("client.explore", "sales.revenue", period=None, by="channel")
    "client.explore('sales.revenue', by='channel')"
    """
    parts = [repr(each) for each in given]
    parts += [f"{key}={each!r}" for key, each in named.items() if each is not None]
    line = f"{name}({', '.join(parts)})"
    return line if len(line) <= WIDEST else f"{name}(\n    " + ",\n    ".join(parts) + ",\n)"
