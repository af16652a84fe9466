#!/usr/bin/env python3
"""Check, without this software, that one entry stands under a root that was printed.

    luoshi journal proof 123 > proof.json
    python3 check_proof.py proof.json ROOT      (ROOT: 64 hex digits, from the bulletin)

Needs nothing but Python. Three things are computed again: the digest of the entry from its header
and body; from it, along the path, the root of the seal (the tree of RFC 6962 section 2.1); and
whether the path has the shape that the entry's place in the seal demands. Exit code 0: the entry
stood so when the seal was printed; 1: it did not; 2: the call is wrong.
"""

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

NAMES = (
    "district", "thread", "no", "number", "on", "at", "by_person", "by_post", "for_unit",
    "command_id", "kind", "version", "algorithm", "previous",
)  # fmt: skip
HOLDS = (
    "证明成立：第 {number} 号记录与公布的根一致。The proof holds: entry {number} is under the root."
)
FAILS = "证明不成立：{zh}。The proof does not hold: {en}."
USAGE = "用法 Usage: check_proof.py PROOF.json ROOT"


class ProofFails(Exception):
    """What does not hold, in Chinese and in English."""


def check(proof: dict[str, Any], printed_root: str) -> int:
    """Return the number of the proven entry. Raises ProofFails."""
    number = _checked_header(proof)
    digest = sha256(f"{proof['header']}\n{proof['body']}".encode()).hexdigest()
    if digest != proof["digest"]:
        raise ProofFails("正文或表头与摘要不符", "header and body do not give the digest")
    seal = proof["seal"]
    if not seal["first_number"] <= number <= seal["last_number"]:
        raise ProofFails("记录不在该封存范围内", "the seal does not cover the entry")
    sides = [side for side, _ in proof["path"]]
    count = seal["last_number"] - seal["first_number"] + 1
    if sides != sides_of(number - seal["first_number"], count):
        raise ProofFails("路径与记录位置不符", "the path does not lead from the entry's place")
    if root_from(digest, proof["path"]) != printed_root.strip().lower():
        raise ProofFails("与公布的根不符", "the path does not lead to the printed root")
    return number


def _checked_header(proof: dict[str, Any]) -> int:
    """Return the number in the header; one value a line, in the order of NAMES."""
    lines = proof["header"].split("\n")
    if len(lines) != len(NAMES):
        raise ProofFails("表头行数不对", f"the header has not {len(NAMES)} lines")
    header = dict(zip(NAMES, lines, strict=True))
    if header["algorithm"] != "sha256":
        raise ProofFails("摘要算法未知", "the algorithm is not sha256")
    if header["number"] != str(proof["number"]):
        raise ProofFails("编号与表头不符", "the header has another number")
    return int(header["number"])


def sides_of(index: int, count: int) -> list[str]:
    """Return on which side the other hash stands, from leaf ``index`` of ``count`` to the root."""
    sides = []
    while count > 1:
        if index % 2:
            sides.append("left")
        elif index + 1 < count:
            sides.append("right")
        index, count = index // 2, (count + 1) // 2
    return sides


def root_from(digest: str, path: Sequence[Sequence[str]]) -> str:
    """Return the root that a digest and its path lead to."""
    reached = sha256(b"\x00" + bytes.fromhex(digest)).digest()
    for side, other in path:
        hashed = bytes.fromhex(other)
        pair = hashed + reached if side == "left" else reached + hashed
        reached = sha256(b"\x01" + pair).digest()
    return reached.hex()


def _say(line: str) -> None:
    sys.stdout.buffer.write(f"{line}\n".encode())  # UTF-8 whatever the terminal's locale says


def main(arguments: Sequence[str]) -> int:
    """Check the proof in a file (``-``: standard input) against a root; return an exit code."""
    if len(arguments) != 2:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    file, root = arguments
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        number = check(json.loads(text), root)
    except ProofFails as fails:
        chinese, english = fails.args
        _say(FAILS.format(zh=chinese, en=english))
        return 1
    except OSError as missing:
        sys.stderr.write(f"{USAGE}\n{missing}\n")
        return 2
    except (ValueError, KeyError, TypeError, AttributeError):
        _say(FAILS.format(zh="文件不是证明", en="the file is no proof"))
        return 1
    _say(HOLDS.format(number=number))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
