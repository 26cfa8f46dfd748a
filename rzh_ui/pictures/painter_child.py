"""The process that draws charts and turns SVG into PNG: the drawing library would hold up every visitor of the server, as
it keeps the interpreter to itself for a second at its first chart and for a fifth of one at each that follows.

Started as a file of its own by `painter.py`, so that it loads nothing of the dashboard. Reads one JSON request a line,
answers with a line `ok LENGTH` or `failed LENGTH` and so many bytes; ends when nobody asks for a while or the asker is gone.
"""

from __future__ import annotations

import json
import os
import sys
import threading

IDLE_SECONDS = 600.0


def main(fonts: str) -> None:
    """Answers requests until the input ends. `fonts`: directory of the fonts that words are drawn with."""
    import vl_convert

    vl_convert.register_font_directory(fonts)
    while True:
        idle = threading.Timer(IDLE_SECONDS, os._exit, (0,))
        idle.daemon = True
        idle.start()
        line = sys.stdin.buffer.readline()
        idle.cancel()
        if not line:
            return
        try:
            request = json.loads(line)
            if "chart" in request:
                # no address is allowed: a chart is made of the rows that come with it
                answer = vl_convert.vegalite_to_svg(request["chart"], allowed_base_urls=[]).encode()
            else:
                answer = vl_convert.svg_to_png(request["svg"], scale=request["scale"])
            said = "ok"
        except Exception as problem:
            said, answer = "failed", str(problem).encode()
        sys.stdout.buffer.write(f"{said} {len(answer)}\n".encode() + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
