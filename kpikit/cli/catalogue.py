"""`kpikit catalogue`: the indicators that there are, one of them in full, and those that words find."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpikit.cli.shared import errors_as_exit_codes

if TYPE_CHECKING:
    from kpikit.indicators.catalogue import Indicators
    from kpikit.indicators.framework import Indicator
    from kpikit.words.language import Language


@click.command()
@click.argument("id", metavar="[ID|NAME]", required=False)
@click.option("--search", "text", help="Only entries with these words in a name, a synonym or the description.")
@click.option("--json", "as_json", is_flag=True, help="The entries in full, as JSON.")
@click.option("--markdown", "as_page", is_flag=True, help="All entries in full, as one Markdown page.")
@click.option("--workspace", type=click.Path(path_type=Path), help="With this workspace's own ones, and its metrics.")
@click.option("--language", help="en, da or nb. Default: the workspace's, else en.")
@errors_as_exit_codes
def catalogue(
    id: str | None, text: str | None, as_json: bool, as_page: bool, workspace: Path | None, language: str | None
) -> None:
    """List the indicators that kpikit knows; with an ID or a NAME such as LTV, show that one in full.

    Names are read in English, Danish and Norwegian: "customer lifetime value" finds what "kundelevetidsværdi" finds.
    """
    from kpikit.indicators import page
    from kpikit.indicators.catalogue import CATALOGUE, entry
    from kpikit.words.errors import UsageError
    from kpikit.words.language import Language
    from kpikit.workspace import open

    if (id and text) or (as_page and (id or text or as_json)):
        raise UsageError("an ID or NAME, --search and --markdown ask for different things: give one of them.")
    settings = open(workspace).settings if workspace else None
    say = Language(language or (settings.language if settings else "en"))
    known = settings.indicators if settings else CATALOGUE
    shown = _asked(id, text, known)
    if as_page:
        click.echo(page.markdown(say, known), nl=False)
    elif id and not shown:
        raise UsageError(_nothing(id, known))
    elif as_json:
        click.echo(json.dumps([entry(each, say, known) for each in shown], indent=1, ensure_ascii=False))
    elif id and len(shown) == 1:
        click.echo(page.entry(shown[0], say, known))
    elif shown:
        _list(shown, say, needs=bool(text))
    else:
        click.echo(_nothing(text or "", known), err=True)


def _asked(id: str | None, text: str | None, known: Indicators) -> list[Indicator]:
    """That of an id or a name, those that words find, or all."""
    from kpikit.indicators.catalogue import find, named, search

    if id is None:
        return list(known.values()) if text is None else search(text, known)
    one = find(id, known) if "." in id else named(id, known)
    return [one] if one else search(id, known)


def _nothing(text: str, known: Indicators) -> str:
    from kpikit.indicators.catalogue import nearest

    alike = nearest(text, known)
    hint = f"Did you mean {alike!r}?" if alike else "Try one word of it, or its stem."
    return f"Nothing is called {text!r}. {hint} 'kpikit catalogue' lists all."


def _list(shown: list[Indicator], say: Language, needs: bool) -> None:
    """A line for each; with ``needs`` also the names that its metrics have in ``workspace.yml``."""
    width = max(len(each.id) for each in shown)
    for each in shown:
        metrics = f" [{say('Metrics it needs')}: {', '.join(each.metrics)}]" if needs else ""
        click.echo(f"{each.id:<{width}}  {say(each.label)}: {each.written(say)}{metrics}")
