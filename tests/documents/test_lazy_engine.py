"""A web process must not load Pango."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_importing_documents_does_not_import_weasyprint():
    code = "import sys, intake.documents.kinds; print('weasyprint' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
