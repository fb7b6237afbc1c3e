"""What one document may cost. Generous for honest files (slowest of 4,271 foreign PDFs: 3.4 s), small for the
server."""

import importlib.metadata

MAX_PAGES = 5_000
MAX_POINTS = 14_400
"""200 inches, the largest page the PDF format itself foresees."""
MAX_OUTLINE = 2_000
MAX_TEXT = 60_000
"""Letters of one page's text layer."""
MAX_PIXELS_IMAGE = 60_000_000
"""Of an uploaded picture, told from its header."""
MAX_PIXELS_DRAWN = 5_240_000
"""Of a page image: a tablet keeps three of them."""

MAX_ENLARGED = 12_000
"""Pixels across a whole page of which a part is drawn."""

CHILD_MEMORY = 1024 * 1024 * 1024
"""Address space of a child, bytes."""
CHILD_CPU = 8
"""Seconds of processor time for one page or one measuring."""
CHILD_WALL = 18
"""Seconds on the clock for the same, when the machine is busy."""
CHILD_REQUESTS = 400
"""After so many requests a child is replaced."""
CHILD_RESIDENT = 400 * 1024 * 1024
"""A child that has grown to this is replaced, bytes."""
OPEN_DOCUMENTS = 4
"""A child keeps so many documents open, and closes one not used for OPEN_SECONDS."""
OPEN_SECONDS = 30

WIDTHS = (320, 620, 1240, 1654, 2480)
"""Widths a page image can have, in pixels."""

ENGINE = f"pdfium-{importlib.metadata.version('pypdfium2')}-1"
"""Part of every cached image's name and stored with text: a new engine starts afresh."""
