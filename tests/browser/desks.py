"""A real ledger with one bureau of three desks: officer, reviewer, head; each with an account.

Run as a module in an environment of its own; prints what the journey must know as a line of JSON.
"""

import json
import sys

from tests.browser.founding import (
    found_bureau,
    found_matter,
    found_office,
    found_person,
    found_post,
)

DESKS = {"shenhe": ("审核岗", "reviewer"), "zhuguan": ("主要负责人岗", "unit_head")}


def main():
    """Found office and bureau some days ago, through the commands of the house."""
    office, at = found_office()
    officer, people = found_bureau(office, at, 0)
    matter = found_matter(office, officer, "SX-01", "公办幼儿园新建年度事项", at)
    posts = {}
    for login, (name, role) in DESKS.items():
        holder = found_person(office, login, name, at)
        posts[login] = str(
            found_post(office, officer.unit, f"教体局{name}", role, at, order=9, holder=holder)
        )
    told = {
        "unit": str(officer.unit), "matter": str(matter), "posts": posts,
        "officer": next(iter(people)),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
