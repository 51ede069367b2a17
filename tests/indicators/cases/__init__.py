"""One module for each domain: its cases calculated by hand."""

from __future__ import annotations

from importlib import import_module

from kpikit.indicators.catalogue import DOMAINS

Cases = dict[str, tuple[dict[str, float], float]]
"""Indicator -> (the numbers that go in, the value expected)."""

_MODULES = {
    domain: import_module(f"{__name__}.{domain}")
    for domain in dict.fromkeys(module.__name__.split(".")[2] for module in DOMAINS)
}
CASES: Cases = {f"{domain}.{name}": case for domain, module in _MODULES.items() for name, case in module.CASES.items()}
