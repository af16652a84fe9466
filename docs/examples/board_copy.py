"""Keep a copy of a board in step and prove it equal: python board_copy.py ADDRESS TOKEN DAY"""

import json
import sys
import time
from urllib.parse import urlencode
from urllib.request import Request, urlopen

TELLS_WHY = ("reasons", "improvement")  # sentences, which a copy need not keep
CHANGES_ALL = {"calendar", "rule_set", "unit"}  # what every row is judged by, or names


class BoardCopy:
    def __init__(self, address, token, day):
        self.address, self.token, self.day = f"{address}/api/v1", token, day
        self.last = self.get("/")["last_entry"]
        self.rows = self.board()

    def get(self, path, **query):
        url = f"{self.address}{path}?{urlencode(query)}"
        with urlopen(Request(url, headers={"Authorization": f"Bearer {self.token}"})) as answer:
            return json.load(answer)

    def board(self):
        """The whole board as it was known after the last entry taken in: rows by matter."""
        asked = {"as_of": self.day, "known_at": self.last, "closed": True, "limit": 200}
        rows, page = {}, {"next": ""}
        while page["next"] is not None:
            page = self.get("/matters", **asked, cursor=page["next"])
            rows |= {row["id"]: plain(row) for row in page["items"]}
        return rows

    def follow(self, wait=20):
        """Take in what was recorded since; waits so many seconds for it."""
        feed = self.get("/journal", after=self.last, wait=wait, limit=500)
        entries, self.last = feed["entries"], feed["last"]
        if any(one["thread_kind"] in CHANGES_ALL for one in entries):
            self.rows = self.board()
            return
        for matter in {one["thread"] for one in entries if one["thread_kind"] == "matter"}:
            for whole in self.take(matter):
                self.take(whole)  # its colour leans on its parts

    def take(self, matter):
        told = self.get(f"/matters/{matter}", as_of=self.day, known_at=self.last)
        self.rows.pop(matter, None)
        if told["line"] is not None:
            self.rows[matter] = plain(told["line"])
        return told["part_of"]


def plain(row):
    return {name: value for name, value in row.items() if name not in TELLS_WHY}


if __name__ == "__main__":
    copy = BoardCopy(*sys.argv[1:])
    while True:
        copy.follow()
        print(len(copy.rows), "matters at entry", copy.last, "equal:", copy.rows == copy.board())
        time.sleep(1)
