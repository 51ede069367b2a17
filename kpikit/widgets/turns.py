"""One thing at a time: JupyterLab tells a kernel of what people do in a thread of its own, while cells run in another.

Whatever a widget does of its own accord or because of a person takes its turn; the engine below answers one at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_TURN = RLock()


def in_turn(do: Callable[P, R]) -> Callable[P, R]:
    """The same function, which waits until nothing else of the kind runs in another thread."""

    @wraps(do)
    def waiting(*args: P.args, **named: P.kwargs) -> R:
        with _TURN:
            return do(*args, **named)

    return waiting
