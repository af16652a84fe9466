"""Calendars and rule sets, by which colours are judged."""

from luoshi.base.api.operations import Room
from luoshi.base.api.puts import writes
from luoshi.clocks import commands, verbs

router = Room("clocks")
SETTING = verbs.set_standards

writes(router, "/calendar/years", SETTING, commands.announce_year, name="announce_year")
writes(router, "/rules/colour", SETTING, commands.issue_colour_rule, name="issue_colour_rule")
