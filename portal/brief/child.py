"""The child process that typesets: ``python -m portal.brief.child``, data (JSON) on its input, PDF on its output.

A process of its own, so that time and memory end where the limits say, and nothing of the site is in its reach.
"""

import json
import os
import sys
from pathlib import Path

from publications.pdf.confine import confine

FOLDER = Path(__file__).parent
MEMORY = 2 * 1024**3
SECONDS = 20


def main() -> int:
    os.environ["RAYON_NUM_THREADS"] = "1"
    confine(MEMORY, SECONDS, processes=4096)
    import typst

    text = sys.stdin.buffer.read().decode()
    stamp = int(json.loads(text)["timestamp"])
    compiler = typst.Compiler(FOLDER / "brief.typ", root=FOLDER, ignore_system_fonts=True)
    pdf = compiler.compile(format="pdf", sys_inputs={"brief": text}, timestamp=stamp)
    if not isinstance(pdf, bytes):
        return 1
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
