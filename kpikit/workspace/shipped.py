"""Where templates, notebooks and sample workspaces are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

from kpikit.words.errors import UsageError, one_of

_PACKAGE = Path(__file__).resolve().parents[1]


def _shipped(name: str) -> Path:
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def samples() -> Path:
    """The folder with the sample workspaces: ``agency`` (synthetic), ``hospitals``, ``publisher`` and ``shop``."""
    return _shipped("data")


def notebooks() -> list[Path]:
    """The notebooks for people, in their order: a tour, then one for each task. They run on the sample workspaces."""
    return sorted(_shipped("notebooks").glob("*.ipynb"))


def is_shipped(template: Path) -> bool:
    """Whether a template is one of ours, not one of a workspace's own."""
    return template.resolve().is_relative_to(_shipped("templates").resolve())


def template_path(name: str, workspace: Path) -> Path:
    """The notebook template of a name; the workspace's own ``templates/`` wins over the shipped ones."""
    own, ours = workspace / "templates", _shipped("templates")
    for folder in (own, ours):
        path = folder / f"{name}.ipynb"
        if path.is_file():
            return path
        if path.is_dir():
            raise UsageError(f"template {name!r}: templates/{path.name} is a folder, and must be a notebook.")
    known = sorted({path.stem for folder in (own, ours) for path in folder.glob("*.ipynb") if path.is_file()})
    raise UsageError(one_of("template", name, known))
