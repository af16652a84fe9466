"""Known weaknesses of the locked packages: ``python -m tooling.advisories``, in ``./dev check``.

Where advisories come from: the folder named by ``LUOSHI_ADVISORIES`` (files of the Open Source
Vulnerability format, loose or in zip archives, as they are brought into a closed network), or the
address of a service of that format, else the services that pip-audit and npm ask by themselves.
Exit codes: 0 none known, 1 some known, 3 no source answered.
"""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tooling.places import BIN, ROOT

SOURCE = "LUOSHI_ADVISORIES"
PYPI, NPM = "PyPI", "npm"
LOCKS = ("requirements-dev.txt", "requirements-uv.txt", "requirements-node.txt")
"""The first holds all that a running Luoshi needs as well."""
NONE_KNOWN, KNOWN, NOT_LOOKED_AT = 0, 1, 3
PATIENCE = 5  # seconds for one question
MOST = 60  # seconds for all of them


@dataclass(frozen=True, slots=True, order=True)
class Pinned:
    """A package that a lock pins."""

    ecosystem: str
    name: str
    version: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A known weakness of a pinned package; ``fixed`` is empty where no version mends it."""

    package: Pinned
    advisory: str
    fixed: str = ""

    def line(self) -> str:
        """Return what a person reads."""
        mended = f"mended in {self.fixed}" if self.fixed else "no version mends it yet"
        return f"{self.package.name} {self.package.version}: {self.advisory}, {mended}"


class NoSource(Exception):
    """No source of advisories answered."""


def pinned(root: Path = ROOT) -> list[Pinned]:
    """Return what the locks of a folder pin."""
    found = set()
    for name in LOCKS:
        for line in (root / name).read_text().splitlines():
            if "==" in line and not line.startswith((" ", "#")):
                need = Requirement(line.removesuffix("\\").strip())
                version = next(iter(need.specifier)).version
                found.add(Pinned(PYPI, canonicalize_name(need.name), version))
    packages = json.loads((root / "package-lock.json").read_text())["packages"]
    found |= {
        Pinned(NPM, where.rpartition("node_modules/")[2], package["version"])
        for where, package in packages.items()
        if where
    }
    return sorted(found)


# A folder of advisories


def known_in(folder: Path, packages: Iterable[Pinned]) -> list[Finding]:
    """Return the findings of a folder of advisories. Raises NoSource where it holds none."""
    by_name: dict[tuple[str, str], list[Pinned]] = {}
    for package in packages:
        by_name.setdefault((package.ecosystem, package.name), []).append(package)
    found, read = set(), 0
    for advisory in _advisories(folder):
        read += 1
        if not advisory.get("withdrawn"):
            found |= set(_touched(advisory, by_name))
    if not read:
        raise NoSource(f"{folder} holds no advisories")
    return sorted(found)


def _advisories(folder: Path) -> Iterator[Mapping[str, Any]]:
    for path in sorted(folder.rglob("*.json")):
        yield json.loads(path.read_bytes())
    for path in sorted(folder.rglob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield json.loads(archive.read(name))


def _touched(
    advisory: Mapping[str, Any], by_name: Mapping[tuple[str, str], list[Pinned]]
) -> Iterator[Finding]:
    for affected in advisory.get("affected", ()):
        package = affected.get("package", {})
        name = package.get("name", "")
        if package.get("ecosystem") == PYPI:
            name = canonicalize_name(name)
        for one in by_name.get((package.get("ecosystem", ""), name), ()):
            is_hit, fixed = _judged(one.version, affected)
            if is_hit:
                yield Finding(one, advisory["id"], fixed)


def _judged(version: str, affected: Mapping[str, Any]) -> tuple[bool, str]:
    """Tell whether a version is affected, and the first later one that is not."""
    for span in affected.get("ranges", ()):
        if span.get("type") == "GIT":
            continue
        try:
            is_hit, fixed = _within(Version(version), span.get("events", ()))
        except InvalidVersion:
            continue
        if is_hit:
            return True, fixed
    return version in affected.get("versions", ()), ""


def _within(version: Version, events: Iterable[Mapping[str, str]]) -> tuple[bool, str]:
    """Walk the events of a range in the order of their versions."""
    steps = sorted((Version(said), kind, said) for event in events for kind, said in event.items())
    for (begin, kind, _), (end, ended_by, said) in pairwise([*steps, (None, "", "")]):
        if kind != "introduced" or begin is None or version < begin:
            continue
        if end is None or version < end or (ended_by == "last_affected" and version == end):
            return True, said if ended_by == "fixed" else ""
    return False, ""


# The services of the package clients


def known_to_services(address: str = "") -> list[Finding]:
    """Ask pip-audit and npm, which ask their services. Raises NoSource where none knew anything."""
    found, silent = [], []
    for ask in (_asked_of_pip_audit, _asked_of_npm):
        try:
            found += ask(address)
        except NoSource as reason:
            silent.append(str(reason))
    if silent and not found:
        raise NoSource("; ".join(silent))
    return sorted(found)


def _asked_of_pip_audit(address: str) -> list[Finding]:
    where = ["--vulnerability-service", "osv", "--osv-url", address] if address else []
    said = _answer(
        BIN / "pip-audit", "--disable-pip", "--require-hashes", "--format", "json", "--desc", "off",
        "--progress-spinner", "off", "--timeout", str(PATIENCE), *where,
        *(part for name in LOCKS for part in ("--requirement", ROOT / name)),
    )  # fmt: skip
    asked = said.get("dependencies", ())
    missed = [one["name"] for one in asked if "skip_reason" in one]
    if not asked or len(missed) == len(asked):
        raise NoSource("no service for Python packages answered")
    return [
        Finding(
            Pinned(PYPI, one["name"], one["version"]),
            weakness["id"],
            next(iter(weakness.get("fix_versions", ())), ""),
        )
        for one in asked
        for weakness in one.get("vulns", ())
    ]


def _asked_of_npm(address: str) -> list[Finding]:
    if address:  # a service of its own answers for Python's packages alone
        raise NoSource("no service for front-end packages was named")
    said = _answer("npm", "audit", "--package-lock-only", "--json")
    if "vulnerabilities" not in said:
        raise NoSource("no service for front-end packages answered")
    return [
        Finding(Pinned(NPM, name, one.get("range", "")), str(cause.get("url", cause.get("title"))))
        for name, one in said["vulnerabilities"].items()
        for cause in one.get("via", ())
        if isinstance(cause, dict)
    ]


def _answer(*command: str | Path) -> dict[str, Any]:
    """Run a client that answers in JSON; {} where it could not."""
    try:
        ended = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=MOST
        )
        said = json.loads(ended.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    return said if isinstance(said, dict) else {}


# What is lived with for a while


def lived_with(today: date, root: Path = ROOT) -> set[str]:
    """Return the advisories that pyproject.toml excuses until a day, each with its reason."""
    settings = tomllib.loads((root / "pyproject.toml").read_text())
    excused = settings["tool"]["luoshi"].get("advisories", {})
    return {name for name, why in excused.items() if why["until"] >= today and why["reason"]}


def judged(today: date) -> list[Finding]:
    """Return what is known and not excused. Raises NoSource."""
    named = os.environ.get(SOURCE, "")
    if named and "://" not in named:
        found = known_in(Path(named), pinned())
    else:
        found = known_to_services(named)
    excused = lived_with(today)
    return [finding for finding in found if finding.advisory not in excused]


def main() -> int:
    """Print what is known of the locked packages."""
    try:
        found = judged(datetime.now(UTC).date())  # noqa: TID251  a door
    except NoSource as reason:
        sys.stdout.write(f"Advisories were not looked at: {reason}. {SOURCE} may name a folder.\n")
        return NOT_LOOKED_AT
    sys.stdout.writelines(f"{finding.line()}\n" for finding in found)
    return KNOWN if found else NONE_KNOWN


if __name__ == "__main__":
    sys.exit(main())
