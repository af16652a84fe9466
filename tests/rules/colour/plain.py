"""The law of the shown colour once more, day by day, as it reads: the measure of the sweep."""

from datetime import timedelta

from luoshi.rules.colour import Colour, ColourSpell, Level, judge

ONE_DAY = timedelta(days=1)
NOTHING = {
    "level": None,
    "last_colour": None,
    "unreported": False,
    "awaiting": False,
    "counted": None,
}


def better(level, other):
    return level if level.severity < other.severity else other


def worse(level, other):
    return level if level.severity > other.severity else other


class Plain:
    """One matter, lived through day after day."""

    def __init__(self, rule):
        self.rule = rule
        self.levels = []  # every level there was on a graded day
        self.shown = None
        self.colours = []  # every colour of a graded day
        self.exempt_since = None  # how many levels there were when the exemption began
        self.month_ends = []  # (level counts as yellow, share) of each month end
        self.made_red = False

    def see(self, day, facts):
        if facts.closed or facts.suspended:
            return self.rest(day, facts)
        verdict = judge(facts, day, rule=self.rule)
        keeps = verdict.awaiting or facts.verified
        exempt = facts.exempt_until is not None and day <= facts.exempt_until
        level = self.frozen(verdict.level, keeps, exempt)
        if level is not None:
            self.levels.append(level)
            self.shown = level if self.shown is None else worse(level, self.shown)
        if (day + ONE_DAY).day == 1:
            self.turn_month(level, verdict.share, keeps or exempt)
        colour = self.colour(level, verdict.unreported)
        self.colours.append(colour)
        return {
            "level": level,
            "colour": colour,
            "last_colour": None,
            "unreported": verdict.unreported,
            "awaiting": verdict.awaiting,
            "counted": verdict.counted,
        }

    def rest(self, day, facts):
        self.exempt_since = None
        if (day + ONE_DAY).day == 1:
            self.month_ends.append((False, None))
            self.made_red = False
        if facts.closed:
            return {**NOTHING, "colour": Colour.CLOSED}
        last = self.colours[-1] if self.colours else None
        return {**NOTHING, "colour": Colour.SUSPENDED, "last_colour": last}

    def frozen(self, level, keeps, exempt):
        if not exempt:
            self.exempt_since = None
        elif self.exempt_since is None:
            self.exempt_since = len(self.levels)
        if level is None:
            return None
        if keeps and self.levels:
            level = better(level, self.levels[-1])
        if exempt:
            known = self.levels[max(self.exempt_since - 1, 0) :]
            level = better(level, known[0]) if known else level
        return level

    def turn_month(self, level, share, frozen):
        yellow = level is Level.YELLOW
        was_yellow, was_share = self.month_ends[-1] if self.month_ends else (False, None)
        improved = share is not None and was_share is not None and share > was_share
        twice = self.rule.two_yellow_month_ends and was_yellow and not frozen
        self.made_red = yellow and not improved and (twice or self.made_red)
        self.month_ends.append((yellow and not frozen, share))
        if level is None:
            return
        target = Level.RED if self.made_red else level
        steps = list(Level)
        if target.severity < self.shown.severity:
            self.shown = steps[self.shown.severity - 1]
        else:
            self.shown = target

    def colour(self, level, unreported):
        if level is None:
            return Colour.UNREPORTED if unreported else Colour.UNGRADED
        if unreported and self.shown in {Level.GREEN, Level.BLUE}:
            return Colour.UNREPORTED
        return Colour(str(self.shown))


def told_day_by_day(segments, *, rule, horizon):
    """Return what the sweep should return."""
    plain, spells = Plain(rule), []
    day = segments[0][0]
    while day <= horizon:
        facts = [facts for start, facts in segments if start <= day][-1]
        seen = plain.see(day, facts)
        if spells and spells[-1][1] == seen:
            spells[-1][2] = day + ONE_DAY
        else:
            spells.append([day, seen, day + ONE_DAY])
        day += ONE_DAY
    return [ColourSpell(from_day=start, to_day=end, **seen) for start, seen, end in spells]
