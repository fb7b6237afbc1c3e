"""Vietnamese text: folding for search, ordering of names."""

import unicodedata

_STROKES = str.maketrans({"đ": "d", "Đ": "D"})


def fold(text: str) -> str:
    """`text` in lower case without diacritics, đ as d, white space collapsed: what search compares.

    >>> fold("Đăng ký  HỘ KHẨU")
    'dang ky ho khau'
    """
    plain = unicodedata.normalize("NFD", text.translate(_STROKES))
    return " ".join("".join(c for c in plain if unicodedata.category(c) != "Mn").lower().split())


# Vietnamese alphabetical order: base letter first, then tone (ngang huyền hỏi ngã sắc nặng).
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def collation_key(text: str) -> str:
    """A string whose plain ordering is the Vietnamese alphabetical order of `text` (letters before tones)."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        tone = 0
        kept = []
        for part in unicodedata.normalize("NFD", char):
            if part in _TONES:
                tone = _TONES[part]
            else:
                kept.append(part)
        base = unicodedata.normalize("NFC", "".join(kept))
        index = _LETTERS.find(base)
        letters.append(chr(0x100 + index) if index >= 0 else base)
        tones.append(str(tone))
    return "".join(letters) + " " + "".join(tones)


def name_key(given_name: str, family_names: str) -> str:
    """Ordering key of a person's name: Vietnamese lists are sorted by given name, then by the rest."""
    return f"{collation_key(given_name)}\x1f{collation_key(family_names)}"


def join_post(position: str, office: str) -> str:
    """The usual way to name a post: words shared by the end of `position` and the start of `office` are said
    once.

    >>> join_post("Trưởng phòng", "Phòng Kinh tế")
    'Trưởng phòng Kinh tế'
    """
    first, second = position.split(), office.split()
    for shared in range(min(len(first), len(second)), 0, -1):
        if [word.casefold() for word in first[-shared:]] == [word.casefold() for word in second[:shared]]:
            return " ".join(first + second[shared:])
    return " ".join(first + second)


def initials(text: str) -> str:
    """Two capitals for a round sign: of the last two words that begin with a letter, "" for an empty text."""
    words = [word for word in text.split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in words[-2:])
