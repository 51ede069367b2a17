"""Where each setting comes from: a flag, the plan, the client, the register, the workspace, or a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpikit.plans.read import whole
from kpikit.sources.strict import Section, read
from kpikit.words.texts import N_
from kpikit.workspace.examine import CheckedClient, Examined
from kpikit.workspace.settings import CLIENTS, PLANS, WORKSPACE, plan_file
from kpikit.workspace.workspace import Workspace

Flags = Mapping[str, str | None]
"""What was asked for by name: language, period, as_of."""

ORIGINS = {
    "flag": N_("flag"),
    "plan": N_("plan"),
    "client": N_("the client's own"),
    "register": N_("defaults, in clients.yml"),
    "workspace": N_("all, in workspace.yml"),
    "default": N_("default"),
}
"""The origins, the strongest first: code -> text."""


@dataclass(frozen=True)
class Setting:
    """A setting's value as the files write it, and where it comes from; ``client`` is None where it is of all."""

    name: str
    client: str | None
    value: str
    origin: str


def explain(found: Examined, flags: Flags) -> list[Setting]:
    """The settings of a workspace and of its clients."""
    if found.workspace is None:
        return []
    top, register = read(found.folder / WORKSPACE), read(found.folder / CLIENTS)
    settings = list(_of_all(found.workspace, top, flags))
    clients, defaults = register.sections("clients"), register.section("defaults")
    for each in found.clients:
        settings += _of_client(found.workspace, each, (top, defaults, clients[each.key]), flags)
    return settings


def _of_all(workspace: Workspace, top: Section, flags: Flags) -> Iterator[Setting]:
    settings = workspace.settings
    yield Setting("grain", None, settings.grain, _written(top, "grain"))
    yield Setting("comparisons", None, ", ".join(settings.comparisons), _written(top, "comparisons"))
    as_of = flags.get("as_of")
    yield Setting("as_of", None, as_of or str(settings.last_covered_day), "flag" if as_of else "default")


def _of_client(
    workspace: Workspace, client: CheckedClient, sections: tuple[Section, Section, Section], flags: Flags
) -> Iterator[Setting]:
    top, defaults, own = sections
    known, key = workspace.clients[client.key], client.key
    origin = "client" if "language" in own else "register" if "language" in defaults else _written(top, "language")
    language = flags.get("language")
    yield Setting("language", key, language or known.language, "flag" if language else origin)
    origin = "client" if "fiscal_year" in own else "register" if "fiscal_year" in defaults else "default"
    year = f"first_month {known.calendar.fiscal_first_month}, named_by {known.calendar.fiscal_named_by}"
    yield Setting("fiscal_year", key, year, origin)
    if client.evaluation:
        yield Setting("period", key, client.evaluation.period.key, "flag" if flags.get("period") else "default")
    if client.in_force:
        plan = client.in_force.plan
        folder = workspace.settings.folder
        file = plan_file(folder / PLANS, key, plan)
        name = file.relative_to(folder).as_posix()
        yield Setting("plan", key, name, "default" if file.parent.name == "default" else "client")
        yield Setting("review", key, plan.review, "plan" if "review" in whole(file) else "default")


def _written(section: Section, key: str) -> str:
    return "workspace" if key in section else "default"
