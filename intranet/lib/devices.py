"""What to call the device behind a browser's own description, for lists a person reads."""

import re

_BROWSERS = [
    ("Cốc Cốc", r"coc_coc_browser"),
    ("Edge", r"Edg[A-Za-z]*/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
]
_SYSTEMS = [
    ("iPad", r"iPad"),
    ("iPhone", r"iPhone"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
]


def browser_of(user_agent: str) -> str:
    """The browser's usual name, "" when it is none of the known."""
    return next((name for name, pattern in _BROWSERS if re.search(pattern, user_agent)), "")


def system_of(user_agent: str) -> str:
    """The device or operating system, "" when it is none of the known."""
    return next((name for name, pattern in _SYSTEMS if re.search(pattern, user_agent)), "")


def is_handheld(user_agent: str) -> bool:
    """Whether the description is of a tablet or a telephone."""
    return system_of(user_agent) in ("iPad", "iPhone", "Android")
