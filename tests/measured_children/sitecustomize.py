"""Where this folder is on its path, a new Python tells which lines of ours it ran."""

import atexit
import os
import sys
from pathlib import Path

if "COVERAGE_FILE" in os.environ:
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from tests import measured_lines

    measured_lines.begin()
    atexit.register(measured_lines.keep)
