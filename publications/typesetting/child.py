"""The child process that typesets: ``python -m publications.typesetting.child TEMPLATE FORMAT [FONTS]``.

JSON in, PDF or PNG out. A process of its own, so that time and memory end where the limits say, and nothing of the
site is in its reach.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from publications.pdf.confine import confine

MEMORY = 2 * 1024**3
SECONDS = 20
PPI = 144  # of pictures


def main(template: Path, form: str, *fonts: str) -> int:
    os.environ["RAYON_NUM_THREADS"] = "1"
    confine(MEMORY, SECONDS, processes=4096)
    import typst

    text = sys.stdin.buffer.read().decode()
    stamp = int(json.loads(text)["timestamp"])
    compiler = typst.Compiler(
        template, root=template.parent, font_paths=[Path(folder) for folder in fonts], ignore_system_fonts=True
    )
    options: dict[str, Any] = {"format": form} | ({"ppi": PPI} if form == "png" else {})
    made = compiler.compile(sys_inputs={"data": text}, timestamp=stamp, **options)
    if not isinstance(made, bytes):
        return 1
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
