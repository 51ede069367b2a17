"""The frame that every page has: its head with the policy and the look, and its last line."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.metadata import PackageNotFoundError, version

from kpikit.charts.look import css
from kpikit.render.check import POLICY
from kpikit.words.language import language


def head(title: str) -> str:
    """The ``<head>`` of a page: it loads nothing and runs nothing, and carries the look with it."""
    return (
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{css()}\n</style>\n</head>"
    )


def shell(title: str, code: str, header: str, main: str) -> str:
    """A whole page from the HTML of its header and its main part, in the language ``code``."""
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n{head(title)}\n<body class="kpikit-page">\n'
        f'<header class="kpikit">\n{header}\n</header>\n<main class="kpikit">\n{main}\n</main>\n'
        f'<footer class="kpikit">\n<p>{escape(made_with(code))}</p>\n</footer>\n</body>\n</html>\n'
    )


def made_with(code: str) -> str:
    """The last line of every page: "Made with kpikit 0.1.0"."""
    say = language(code)
    return say("Made with kpikit {version}", version=kpikit_version())


@cache
def kpikit_version() -> str:
    """The version of the installed package; "unknown" where it runs without being installed."""
    try:
        return version("kpikit")
    except PackageNotFoundError:
        return "unknown"
