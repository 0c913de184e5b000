"""Write the output of commands into the documents that show it, or check that what they show is current.

A document marks a place with a pair of comments; what stands between them is the output of the command:

    <!-- output of: pincite --help -->
    <!-- end of output -->
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from ui.console import print_line

DOCUMENTS = ("README.md", "docs")

_BLOCK = re.compile(
    r"(<!-- output of: (?P<command>pincite [^\n]*?) -->\n)(?P<shown>.*?)(<!-- end of output -->)", re.DOTALL
)
_MILLISECONDS = re.compile(r'"timing_ms":\{[^}]*\}')


def output_of(command: str) -> str:
    """Run a `pincite …` command as a person would, 100 columns wide, and return what it prints as a code block.

    A command with `--markdown` prints Markdown, which stands as it is.
    """
    words = shlex.split(command)
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *words[1:]], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stderr}")
    printed = "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())
    printed = _MILLISECONDS.sub('"timing_ms":{…}', printed)
    return f"\n{printed}\n\n" if "--markdown" in words else f"\n```text\n$ {command}\n{printed}\n```\n\n"


def refreshed(text: str) -> str:
    """Return a document with every block made anew."""
    return _BLOCK.sub(lambda match: match[1] + output_of(match["command"]) + match[4], text)


def main(check: bool) -> int:
    """Refresh every document, or with `check` only name the stale ones; return the exit code."""
    stale = 0
    for path in _files():
        text = path.read_text(encoding="utf-8")
        fresh = refreshed(text)
        if fresh == text:
            continue
        if check:
            stale += 1
            print_line(f"{path} shows old output: run make docs")
        else:
            path.write_text(fresh, encoding="utf-8")
            print_line(f"wrote {path}")
    return min(stale, 1)


def _files() -> list[Path]:
    root = Path(__file__).parents[1]
    return [
        path
        for name in DOCUMENTS
        for path in ([root / name] if (root / name).is_file() else sorted((root / name).glob("*.md")))
    ]


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
