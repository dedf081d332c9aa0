"""`python -m app.nn [folder]` fills the kernel's cache, so that no server waits for a compiler."""

from __future__ import annotations

import sys
from pathlib import Path

from app.nn.kernel import load

load(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
