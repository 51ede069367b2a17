"""What a check shows of the settings: a table in which large parts of a workspace are summed up."""

from __future__ import annotations

from collections.abc import Sequence

from kpikit.charts.markup import Html, joined, paragraphs, table
from kpikit.words.errors import UsageError, one_of
from kpikit.workspace.check.explain import NOTHING, ORIGINS, Setting
from kpikit.workspace.check.part import MOST, Part, section

SUMMED = 2
"""So many steps of a path, as in ``sources.till``, lead to an entry that is told in full where it is asked for."""


class SettingsPart(Part):
    """The settings of a check.

    What is the same for all clients, or another for each, stands in one line. ``sources`` and the like, which have
    hundreds of settings, are one line each; asked for, they have one for each entry; an entry has one for each setting.
    """

    def shown(self, settings: Sequence[Setting], about: str | None) -> Html:
        """The table; a `UsageError` where there is no client or setting of the name that is asked for."""
        own = [each for each in settings if about is None or _is_about(each, about)]
        if not own:
            clients = {each.client: None for each in settings if each.client}
            raise UsageError(one_of("setting", about, [*dict.fromkeys(each.name for each in settings), *clients]))
        steps = 0 if about is None else about.count(".") + 1
        summed, single = dict[str, list[Setting]](), list[Setting]()
        for each in own:
            parts = each.name.split(".")
            if each.client or steps >= SUMMED or len(parts) <= SUMMED:
                single.append(each)
            else:
                summed.setdefault(".".join(parts[: steps + 1]), []).append(each)
        heads = [self.say("Setting"), self.say("Value"), self.say("From"), self.say("Clients")]
        rows = [*self._single(single), *(self._summed(name, each) for name, each in summed.items())]
        more = [
            self.say("All of a name, or of a client: {command}", command=f"--setting {name}") for name in [*summed][:1]
        ]
        return section(self.say("Settings"), joined([table(heads, rows), *([paragraphs(more)] if more else [])]))

    def _single(self, settings: Sequence[Setting]) -> list[list[str]]:
        values = dict[tuple[str, str], set[str]]()
        for each in settings:
            values.setdefault((each.name, each.origin), set()).add(each.value)
        together = dict[tuple[str, str, str], list[str]]()
        for each in settings:
            many = len(values[each.name, each.origin])
            value = each.value if many <= MOST else self.say("{number} values", number=self.say.count(many))
            together.setdefault((each.name, value, each.origin), []).extend([each.client] if each.client else [])
        return [
            [name, value, self.say(ORIGINS[origin]), self.clients(clients) if clients else self.say("all")]
            for (name, value, origin), clients in together.items()
        ]

    def _summed(self, name: str, settings: Sequence[Setting]) -> list[str]:
        written = sum(each.origin != "default" for each in settings)
        told = self.say.plural("{number} setting", "{number} settings", len(settings))
        counted = self.say("{settings}, {written} of them written", settings=told, written=self.say.count(written))
        return [name, counted, NOTHING, self.say("all")]


def _is_about(setting: Setting, about: str) -> bool:
    return about in (setting.client, setting.name) or setting.name.startswith(f"{about}.")
