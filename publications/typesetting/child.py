"""The child process that typesets: ``python -m publications.typesetting.child TEMPLATE``, JSON in, PDF out.

A process of its own, so that time and memory end where the limits say, and nothing of the site is in its reach.
"""

import json
import os
import sys
from pathlib import Path

from publications.pdf.confine import confine

MEMORY = 2 * 1024**3
SECONDS = 20


def main(template: Path) -> int:
    os.environ["RAYON_NUM_THREADS"] = "1"
    confine(MEMORY, SECONDS, processes=4096)
    import typst

    text = sys.stdin.buffer.read().decode()
    stamp = int(json.loads(text)["timestamp"])
    compiler = typst.Compiler(template, root=template.parent, ignore_system_fonts=True)
    pdf = compiler.compile(format="pdf", sys_inputs={"data": text}, timestamp=stamp)
    if not isinstance(pdf, bytes):
        return 1
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
