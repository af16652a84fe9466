"""What serving, restoring and setting up refuse, in words."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "district_unnamed": lambda _f: _(
        "Name the district: --district-code 410103 --district-name 二七区."
    ),
    "no_account": lambda _f: _(
        "Nobody can sign in yet. Run luoshi createadmin first, or luoshi demo to look around."
    ),
    "demo_outside_loopback": lambda f: (
        _(
            "A demo is served on this machine only, not on %(host)s: "
            "it signs in by post without a password."
        )
        % f
    ),
    "no_room": lambda _f: _(
        "The server has no room for this request now and did nothing of it. "
        "Send it again after the seconds that Retry-After tells."
    ),
    "ledger_newer": lambda f: (
        _(
            "The ledger was made by a newer version (%(migrations)s). "
            "Install that version; nothing was changed."
        )
        % f
    ),
    "ledger_older": lambda f: (
        _(
            "The ledger is older than this version (%(migrations)s steps). "
            "Run luoshi backup FILE, then luoshi serve --migrate."
        )
        % f
    ),
    "ledger_not_empty": lambda _f: _(
        "There is a ledger here already. "
        "Set LUOSHI_HOME (or DATABASE_URL) to an empty place and restore there."
    ),
    "no_backup": lambda f: (
        _("%(file)s is no backup of Luoshi, or is cut off. Nothing was changed.") % f
    ),
    "other_version": lambda f: (
        _(
            "The backup was made by another version. Restore it with that version, then upgrade. "
            "(%(missing)s / %(unknown)s)"
        )
        % {"missing": ", ".join(f["missing"]) or "-", "unknown": ", ".join(f["unknown"]) or "-"}
    ),
}
