"""Names of folders for clients: readable, safe on every disk, and never the same for two clients."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST = 40
RESERVED = {"con", "prn", "aux", "nul", "portfolio"}
RESERVED |= {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
"""Names that Windows keeps for itself, and the name of the report over all clients."""


def folder_names(keys: Iterable[str]) -> dict[str, str]:
    """A folder name for each client key: a slug, with a short hash where the slug alone could be another client's.

    The names hold only a-z, 0-9 and "-", so they stay in their folder and apart on disks that fold case. Give all keys
    of the register, so that a client's name is the same whichever clients are rendered.

    >>> folder_names(["United Kingdom", "A", "a"])
    {'United Kingdom': 'united-kingdom', 'A': 'a-559aead0', 'a': 'a-ca978112'}
    """
    slugs = {key: slug(key) for key in keys}
    shared = Counter(slugs.values())
    return {key: name if shared[name] == 1 and _is_plain(name) else hashed(key) for key, name in slugs.items()}


def slug(text: str) -> str:
    """The text in a-z, 0-9 and "-", at most 40 signs; empty where nothing of it is left.

    >>> slug("Sørlandet sykehus, avd. 2")
    'sorlandet-sykehus-avd-2'
    """
    letters = unicodedata.normalize("NFKD", text.lower().translate({0xF8: "o", 0xE6: "ae", 0xDF: "ss"}))
    plain = letters.encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-")


def _is_plain(name: str) -> bool:
    """False for what is empty, reserved, or looks like a name with a hash."""
    return bool(name) and name not in RESERVED and not re.search(r"-[0-9a-f]{8}$", name)


def hashed(key: str) -> str:
    """The folder name that no other key has, whatever the register holds."""
    return f"{slug(key) or 'client'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
