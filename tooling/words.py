"""The word catalogues: collected from the source by gettext, compared and compiled by polib.

Runs inside ``.venv``: ``python -m tooling.words check|update|compile``. Msgids are English; each
room keeps its own ``locale/zh_Hans`` and ``locale/en``.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

from tooling.places import BIN, SOURCE, environment

PLURALS = {"zh_Hans": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
CATALOGUE = Path("LC_MESSAGES") / "django.po"
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")


def used_words(source: Path = SOURCE) -> dict[str, polib.POFile]:
    """Return the words that each room uses, by room; Django and xgettext find them.

    They work on a copy: a check must not touch the tree.
    """
    with tempfile.TemporaryDirectory(prefix="luoshi-words-") as scratch:
        copy = Path(scratch) / source.name
        shutil.copytree(
            source, copy, ignore=shutil.ignore_patterns("locale", "vendor", "__pycache__")
        )
        for room in _rooms(copy):
            (room / "locale").mkdir()
        _make_messages(copy)
        found = {room.name: room / "locale" / "en" / CATALOGUE for room in _rooms(copy)}
        return {name: polib.pofile(str(path)) for name, path in found.items() if path.exists()}


def _rooms(source: Path) -> list[Path]:
    return sorted(path.parent for path in source.glob("*/__init__.py"))


def _make_messages(folder: Path) -> None:
    """Run Django's makemessages in a folder whose rooms have an empty ``locale`` each."""
    options = ["--locale", "en", "--no-wrap", "--add-location", "file", "--verbosity", "0"]
    env = environment()
    env.pop("DJANGO_SETTINGS_MODULE", None)
    result = subprocess.run(
        [BIN / "django-admin", "makemessages", *options],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode or result.stderr:
        sys.exit(f"makemessages: {result.stderr or result.stdout}")


def problems(source: Path = SOURCE) -> Iterator[str]:
    """Say what is missing, empty, doubtful or left over in any catalogue."""
    used = used_words(source)
    for language in PLURALS:
        said: dict[str, polib.POFile] = {}
        for room in _rooms(source):
            path = room / "locale" / language / CATALOGUE
            kept = polib.pofile(str(path)) if path.exists() else polib.POFile()
            wanted = used.get(room.name, polib.POFile())
            for problem in _differences(wanted, kept):
                yield f"{room.name}, {language}: {problem}"
            keys = {_key(word) for word in wanted}
            said[room.name] = polib.POFile()
            said[room.name].extend(word for word in kept if _key(word) in keys)
        for problem in _clashes(said):
            yield f"{language}: {problem}"


def _clashes(said: dict[str, polib.POFile]) -> Iterator[str]:
    """Say which words two rooms tell in two ways: Django joins all rooms, the first one wins."""
    told: dict[Any, tuple[str, Any]] = {}
    for room, words in said.items():
        for word in words:
            way = word.msgstr or word.msgstr_plural
            first, other = told.setdefault(_key(word), (room, way))
            if way != other:
                yield f"told in two ways by {first} and {room}: “{word.msgid}”"


def _differences(used: polib.POFile, kept: polib.POFile) -> Iterator[str]:
    """Compare what the source uses with one catalogue."""
    entries = {_key(entry): entry for entry in kept if not entry.obsolete}
    for word in used:
        entry = entries.pop(_key(word), None)
        if entry is None:
            yield f"missing: “{word.msgid}” ({', '.join(name for name, _ in word.occurrences)})"
        else:
            yield from _faults(entry)
    yield from (f"no longer used: “{entry.msgid}”" for entry in entries.values())


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def _faults(entry: polib.POEntry) -> Iterator[str]:
    """Say what is wrong with one entry that is in use."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(texts) or not texts:
        yield f"not translated: “{entry.msgid}”"
    elif entry.fuzzy:
        yield f"doubtful (fuzzy): “{entry.msgid}”"
    allowed = set(_PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    for text in texts:
        strange = set(_PLACEHOLDER.findall(text)) - allowed
        lost = set(_PLACEHOLDER.findall(entry.msgid)) - set(_PLACEHOLDER.findall(text))
        if text and (strange or (lost and not entry.msgid_plural)):
            names = ", ".join(sorted(strange | lost))
            yield f"placeholders differ ({names}): “{entry.msgid}”"


def update(source: Path = SOURCE) -> Iterator[str]:
    """Bring the catalogues in line with the source; say what is left to translate.

    New English words translate themselves; words no longer used are dropped.
    """
    for name, used in used_words(source).items():
        for language in PLURALS:
            path = source / name / "locale" / language / CATALOGUE
            kept = polib.pofile(str(path)) if path.exists() else polib.POFile()
            _save(_merged(used, kept, language=language), path)
    yield from problems(source)


def _merged(used: polib.POFile, kept: polib.POFile, *, language: str) -> polib.POFile:
    """Return a catalogue of the words in use, with the translations that are kept."""
    merged = polib.POFile(wrapwidth=0)
    merged.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    translations = {_key(entry): entry for entry in kept if not entry.obsolete}
    for word in sorted(used, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        old = translations.get(_key(word))
        if old is not None:
            word.msgstr, word.msgstr_plural = old.msgstr, old.msgstr_plural
        elif language == "en":
            _translate_itself(word)
        else:
            word.msgstr, word.msgstr_plural = "", {0: ""} if word.msgid_plural else {}
        merged.append(word)
    return merged


def _translate_itself(word: polib.POEntry) -> None:
    """Give an English word itself as its English."""
    if word.msgid_plural:
        word.msgstr_plural = {0: word.msgid, 1: word.msgid_plural}
    else:
        word.msgstr = word.msgid


def _save(catalogue: polib.POFile, path: Path) -> None:
    """Write a catalogue; one without words is not kept."""
    if not len(catalogue):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def compile_all(source: Path = SOURCE) -> Iterator[str]:
    """Compile every catalogue beside itself; says nothing."""
    for path in sorted(source.glob(f"*/locale/*/{CATALOGUE}")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    yield from ()


WORK = {"check": problems, "update": update, "compile": compile_all}


def main(argument: str) -> int:
    """Do one piece of work, print what is wrong, return an exit code."""
    found = list(WORK[argument]())
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
