"""The security page proves what it says: every test and every setting that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PROOFS = sorted(set(re.findall(r"`([^`]+)`", (ROOT / "docs" / "security.md").read_text())))
TESTS = [proof for proof in PROOFS if proof.startswith("tests/")]
SETTINGS = [proof for proof in PROOFS if re.fullmatch(r"[A-Z][A-Z0-9_]+", proof)]
OF_TLS = {"SECURE_HSTS_SECONDS"}  # 0 until the proxy speaks TLS
LEAST = 60  # proofs; a page that lost its lines proves nothing


@cache
def names_in(path):
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("proof", TESTS)
def test_a_named_test_is_there(proof):
    path, _, name = proof.partition("::")
    assert any(found.startswith("test_") for found in names_in(path))
    assert not name or name in names_in(path)


@pytest.mark.parametrize("name", sorted({*SETTINGS} - {"NAME"}))
def test_a_named_setting_is_set(name):
    assert hasattr(settings, name)
    assert name in OF_TLS or name == "DEBUG" or getattr(settings, name) is not None


def test_the_page_has_its_lines():
    assert len(TESTS) + len(SETTINGS) >= LEAST
