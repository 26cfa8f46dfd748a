"""The process that draws charts: the drawing library would hold up every visitor of the server, as it keeps the
interpreter to itself for a second at its first chart and for a tenth of one at each that follows.

Started as a file of its own by `painter.py`, so that it loads nothing of the dashboard. Draws one chart for nobody, then
reads one Vega-Lite specification a line and answers with a line `ok LENGTH` or `failed LENGTH` and so many bytes of SVG or
words; ends when nobody asks for a while or the asker is gone.
"""

from __future__ import annotations

import json
import os
import sys
import threading

IDLE_SECONDS = 600.0

FIRST = {
    "data": {"values": [{"name": "a", "value": 1, "kind": "b"}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "value", "type": "quantitative"},
        "y": {"field": "name", "type": "nominal"},
        "color": {"field": "kind", "type": "nominal"},
    },
    "config": {"font": "Zhangyru Sans"},
}
"""A chart with all that must be loaded for one: axes, legend, letters."""


def main(fonts: str) -> None:
    """Answers requests until the input ends. `fonts`: directory of the fonts that words are drawn with."""
    import vl_convert

    vl_convert.register_font_directory(fonts)
    vl_convert.vegalite_to_svg(FIRST, allowed_base_urls=[])
    while True:
        idle = threading.Timer(IDLE_SECONDS, os._exit, (0,))
        idle.daemon = True
        idle.start()
        line = sys.stdin.buffer.readline()
        idle.cancel()
        if not line:
            return
        try:
            # no address is allowed: a chart is made of the rows that come with it
            said, answer = "ok", vl_convert.vegalite_to_svg(json.loads(line), allowed_base_urls=[]).encode()
        except Exception as problem:
            said, answer = "failed", str(problem).encode()
        sys.stdout.buffer.write(f"{said} {len(answer)}\n".encode() + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
