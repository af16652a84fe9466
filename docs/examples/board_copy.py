"""Keep a copy of a district's board in step with it, and prove it equal. Standard library only.

python board_copy.py http://127.0.0.1:8000 ls_YOUR_TOKEN 2026-06-30
"""

import json
import sys
from urllib.parse import urlencode
from urllib.request import Request, urlopen

TELLS_WHY = ("reasons", "improvement")  # sentences, which a copy need not keep
CHANGES_ALL = {"calendar", "rule_set", "unit"}  # what every row is judged by, or names


class BoardCopy:
    def __init__(self, address, token, day):
        self.address, self.token, self.day = address.rstrip("/") + "/api/v1", token, day
        self.last = self.get("/")["last_entry"]
        self.rows = self.board(self.last)

    def get(self, path, **query):
        url = f"{self.address}{path}?{urlencode(query)}"
        with urlopen(Request(url, headers={"Authorization": f"Bearer {self.token}"})) as answer:
            return json.load(answer)

    def board(self, number):
        """The whole board as it was known after an entry: rows by matter."""
        asked = {"as_of": self.day, "known_at": number, "closed": True, "limit": 200}
        rows, page = {}, {"next": ""}
        while page["next"] is not None:
            page = self.get("/matters", **asked, cursor=page["next"])
            rows |= {row["id"]: plain(row) for row in page["items"]}
        return rows

    def follow(self, wait=20):
        """Take in what was recorded since; waits so many seconds for it."""
        feed = self.get("/journal", after=self.last, wait=wait, limit=500)
        matters = {one["thread"] for one in feed["entries"] if one["thread_kind"] == "matter"}
        if any(one["thread_kind"] in CHANGES_ALL for one in feed["entries"]):
            self.rows, matters = self.board(feed["last"]), set()
        for matter in matters:
            for whole in self.take(matter, feed["last"]):
                self.take(whole, feed["last"])  # its colour leans on its parts
        self.last = feed["last"]

    def take(self, matter, number):
        told = self.get(f"/matters/{matter}", as_of=self.day, known_at=number)
        self.rows.pop(matter, None)
        if told["line"] is not None:
            self.rows[matter] = plain(told["line"])
        return told["part_of"]

    def is_equal(self):
        """Whether the copy is what the board was after the last entry that was taken in."""
        return self.rows == self.board(self.last)


def plain(row):
    return {name: value for name, value in row.items() if name not in TELLS_WHY}


if __name__ == "__main__":
    copy = BoardCopy(*sys.argv[1:4])
    while True:
        copy.follow()
        print(f"{len(copy.rows)} matters after entry {copy.last}, equal: {copy.is_equal()}")
