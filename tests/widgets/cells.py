"""Runs the code of a widget as a fresh notebook would."""

from __future__ import annotations

import ast
from typing import Any


def run(code: str) -> Any:
    """What the cell shows: the value of its last expression, in a namespace of its own."""
    *lines, last = ast.parse(code).body
    assert isinstance(last, ast.Expr)
    known: dict[str, Any] = {}
    exec(compile(ast.Module(lines, []), "cell", "exec"), known)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), known)
