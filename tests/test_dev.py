"""The tool that sets up, checks and tests: its pure parts, and its locks."""

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import polib
import pytest

from tooling import checks, cli, frontend, packages, postgres, stamps, suite, words
from tooling.console import Sorry, quietly

ROOT = Path(__file__).resolve().parent.parent
ICON = '<svg width="24" class="icon">\n  <path d="M5 7h9" />\n</svg>\n'


def test_help_names_every_command():
    shown = subprocess.run(
        [sys.executable, ROOT / "dev", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in cli.COMMANDS:
        name = command.__name__.replace("_", "-")
        assert re.search(rf"^    {name}\b", shown, re.MULTILINE)


def test_the_makefile_only_calls_commands_that_exist():
    recipes = [line for line in (ROOT / "Makefile").read_text().splitlines() if "./dev " in line]
    called = [line.split()[1] for line in recipes if line.startswith("\t")]
    assert called
    for command in called:
        cli.parser().parse_args([command])


def test_what_follows_a_command_is_passed_on():
    options, extra = cli.parser().parse_known_args(["test", "--", "tests/rules", "-k", "calendar"])
    assert options.command is cli.test
    assert [word for word in extra if word != "--"] == ["tests/rules", "-k", "calendar"]


def test_a_command_that_passes_nothing_on_refuses_more(capsys):
    with pytest.raises(SystemExit) as refused:
        cli.main(["check", "everything"])
    assert refused.value.code == 2
    assert "everything" in capsys.readouterr().err


def test_a_fingerprint_follows_content_and_order_of_inputs(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("1")
    other.write_text("2")
    first = stamps.fingerprint([one, other])
    assert stamps.fingerprint([one, other]) == first
    assert stamps.fingerprint([other, one]) != first
    other.write_text("3")
    assert stamps.fingerprint([one, other]) != first
    other.unlink()
    assert len({first, stamps.fingerprint([one]), stamps.fingerprint([one, other])}) == 3


def test_a_step_is_done_only_while_its_outputs_are_there(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    output = tmp_path / "made"
    assert not stamps.is_done("work", "a")
    stamps.mark_done("work", "a")
    assert stamps.is_done("work", "a")
    assert not stamps.is_done("work", "b")
    assert not stamps.is_done("work", "a", outputs=[output])
    output.touch()
    assert stamps.is_done("work", "a", outputs=[output])


def test_the_sprite_has_a_symbol_for_each_icon(tmp_path):
    (tmp_path / "plus.svg").write_text(f"<!-- tags: [add] -->\n{ICON}")
    drawn = frontend.sprite(["plus"], folder=tmp_path)
    assert '<symbol id="tabler-plus" viewBox="0 0 24 24"' in drawn
    assert '<path d="M5 7h9" />' in drawn
    assert "width" not in drawn.replace("stroke-width", "")
    with pytest.raises(Sorry, match="“minus”"):
        frontend.sprite(["minus"], folder=tmp_path)


def test_the_locks_name_no_address():
    assert checks.locks() == ""


@pytest.mark.parametrize("line", ["--index-url x", "-f wheels", "a @ https://example.org/a.whl"])
def test_an_address_in_a_lock_is_found(tmp_path, monkeypatch, line):
    (tmp_path / "requirements.txt").write_text(f"a==1\n{line}\n")
    (tmp_path / "package-lock.json").write_text('{"packages": {"": {}, "x": {"version": "1"}}}')
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    assert checks.locks().splitlines() == [
        "requirements.txt names an address or an index",
        "package-lock.json: x has an address, or no digest",
    ]


def test_every_lock_line_is_pinned_by_digest():
    for lock in ROOT.glob("requirements*.txt"):
        pins = [block for block in lock.read_text().split("\n") if "==" in block]
        assert pins
        assert all(line.endswith("\\") for line in pins), lock.name


def test_a_failing_program_is_shown_by_its_last_lines():
    program = "import sys; print('\\n'.join(map(str, range(100)))); sys.exit(3)"
    with pytest.raises(Sorry) as failed:
        quietly([sys.executable, "-c", program])
    shown = str(failed.value).splitlines()
    assert shown[-2] == "99"
    assert "exit code 3" in shown[-1]
    assert "59" not in shown


def test_the_summary_adds_up_the_parts(tmp_path):
    report = tmp_path / "SQLite.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>'
    )
    tally = suite._tally(report)
    assert tally == suite.Tally(failed=1, passed=3, skipped=3, errors=2)
    line = (tally + suite.Tally(passed=4)).line(seconds=1.5)
    assert " 1 failed, 7 passed, 3 skipped, 2 errors in 1.50s " in line
    assert " 1 error in 2.00s " in suite.Tally(errors=1).line(seconds=2)


def test_a_part_without_a_report_is_an_error(tmp_path):
    assert suite._tally(tmp_path / "absent.xml") == suite.Tally(errors=1)


def test_parts_run_one_after_another(monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(suite, "DATA", tmp_path)

    def run_part(part, extra, **_):
        ran.append(part.title)
        return suite.Tally(passed=1)

    monkeypatch.setattr(suite, "_run_part", run_part)
    assert suite.run_tests(cli.FULL) == suite.run_tests(cli.LONG) == 0
    assert ran == ["SQLite", "PostgreSQL", "browser", "SQLite, long", "PostgreSQL, long"]


def test_a_part_looks_in_its_folder_alone_unless_tests_are_chosen(tmp_path):
    def command(extra):
        return suite._pytest(suite.BROWSER, extra, report=tmp_path, measured=suite.Measured.NOTHING)

    assert command([])[-1] == "tests/browser"
    assert command(["-k", "keys"])[-2:] == ["-k", "keys"]


def test_a_part_that_ends_badly_without_a_failing_test_is_an_error():
    assert suite._judged(3, suite.Tally(passed=2), selected=False) == suite.Tally(
        passed=2, errors=1
    )
    assert suite._judged(suite.NO_TESTS, suite.Tally(errors=1), selected=True) == suite.Tally()


def test_a_venv_made_in_another_place_does_not_work(tmp_path, monkeypatch):
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    (venv / "lib").mkdir()
    monkeypatch.setattr(packages, "VENV", venv)
    monkeypatch.setattr(packages, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(packages, "site_packages", lambda: venv / "lib")
    assert not packages._venv_works()
    (venv / "pyvenv.cfg").write_text(f"command = /usr/bin/python3 -m venv {venv}\n")
    assert packages._venv_works()
    (venv / "pyvenv.cfg").write_text("command = /usr/bin/python3 -m venv /elsewhere/.venv\n")
    assert not packages._venv_works()


def test_the_server_account_gets_a_folder_it_can_reach(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "shut" / "cache"))
    (tmp_path / "shut").mkdir(mode=0o700)
    own = tmp_path / "shut" / "cache" / "luoshi"
    assert postgres._cache_folder(None) == own
    assert postgres._cache_folder("postgres") == Path("/var/tmp/luoshi")


def catalogue(*entries):
    file = polib.POFile()
    file.extend(polib.POEntry(**entry) for entry in entries)
    return file


def test_words_are_compared_with_their_catalogue():
    used = catalogue({"msgid": "Report"}, {"msgid": "Close"}, {"msgid": "%(n)s days"})
    kept = catalogue(
        {"msgid": "Close", "msgstr": ""},
        {"msgid": "%(n)s days", "msgstr": "%(m)s 天"},
        {"msgid": "Old", "msgstr": "旧"},
    )
    assert list(words._differences(used, kept)) == [
        "missing: “Report” ()",
        "not translated: “Close”",
        "placeholders differ (%(m)s, %(n)s): “%(n)s days”",
        "no longer used: “Old”",
    ]


def test_a_word_that_two_rooms_tell_in_two_ways_is_found():
    def saying(**words):
        told = polib.POFile()
        told.extend(polib.POEntry(msgid=key, msgstr=words[key]) for key in words)
        return told

    rooms = {"one": saying(Waiting="待推送", Due="时限"), "two": saying(Waiting="待审", Due="时限")}
    assert list(words._clashes(rooms)) == ["told in two ways by one and two: “Waiting”"]


def test_new_english_words_translate_themselves_and_old_words_keep_theirs():
    used = catalogue({"msgid": "Report"}, {"msgid": "Close"})
    kept = catalogue({"msgid": "Close", "msgstr": "Close it"}, {"msgid": "Old", "msgstr": "Old"})
    english = words._merged(used, kept, language="en")
    assert {entry.msgid: entry.msgstr for entry in english} == {
        "Close": "Close it",
        "Report": "Report",
    }


def test_words_in_code_and_templates_are_found(tmp_path):
    room = tmp_path / "house" / "ledger"
    (room / "templates").mkdir(parents=True)
    (room / "__init__.py").touch()
    (room / "verbs.py").write_text(
        dedent("""
        from django.utils.translation import gettext_lazy as _
        from django.utils.translation import ngettext
        label = _("Report progress")
        counted = ngettext("%(n)s day", "%(n)s days", 2)
        """)
    )
    (room / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "Close out" %}\n'
        "{% blocktranslate %}by {{ who }}{% endblocktranslate %}"
    )
    source = tmp_path / "house"
    assert list(words.problems(source))
    left = list(words.update(source))
    assert [line.split(": ", 1)[0] for line in left] == ["ledger, zh_Hans"] * 4
    chinese = polib.pofile(str(room / "locale" / "zh_Hans" / words.CATALOGUE))
    assert [entry.msgid for entry in chinese] == [
        "%(n)s day",
        "Close out",
        "Report progress",
        "by %(who)s",
    ]
    for entry in chinese:
        entry.msgstr = entry.msgid
        if entry.msgid_plural:
            entry.msgstr, entry.msgstr_plural = "", {0: "%(n)s 天"}
    chinese.save()
    assert list(words.problems(source)) == []
