"""Fonts for what is written in figures: where the usual one lacks characters, installed ones that have them.

Text is shaped by matplotlib (HarfBuzz) in pictures and documents, and by the browser in pages, where it stays text. So
a page can show what no font here has; a picture can't, and then it is said which characters are missing.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable
from functools import cache

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

USUAL = "DejaVu Sans"
_LATIN = 0x24F
"""The usual font has every letter up to this."""
_BOXES = "Last Resort"
"""A font that has a box for every character."""
_SHOWN = 24
"""Most missing characters that are told."""


class CharactersMissing(UserWarning):
    """No installed font has some characters."""


def set_fonts(figure: Figure) -> str:
    """Give every text of a figure fonts that have its characters; the characters that none has, in order."""
    texts = [text for text in figure.findobj(Text) if not text.get_text().isascii()]
    written = {one for text in texts for one in text.get_text() if ord(one) > _LATIN and not _unseen(one)}
    lacking = written - _characters(_files()[USUAL])
    if not lacking:
        return ""
    families, missing = _having(frozenset(lacking))
    for text in texts if families else ():
        text.set_fontfamily([USUAL, *families])
    return "".join(sorted(missing))


def told(missing: str) -> str:
    """Which characters are missing, and what to do about it."""
    scripts = dict.fromkeys(map(_script, missing))
    letters = [one for one in missing if not unicodedata.category(one).startswith("M")] or list(missing)
    shown = " ".join(letters[:_SHOWN]) + (" …" if len(letters) > _SHOWN else "")
    what = "a character" if len(missing) == 1 else f"{len(missing)} characters"
    return (
        f"No font installed where this was drawn has {what} of the figures ({shown}; {', '.join(scripts)}). Pages show "
        "them where the reader's browser has a font for them; PNG and PDF show boxes. Where such a font is installed, "
        "Noto Sans for one, `detente report DIR` draws them."
    )


def tell(missing: Iterable[str]) -> str:
    """Warn of characters that are missing, if there are any; the sentence."""
    found = "".join(sorted({one for part in missing for one in part}))
    if not found:
        return ""
    text = told(found)
    warnings.warn(text, CharactersMissing, stacklevel=3)
    return text


def _script(character: str) -> str:
    """What a character belongs to, by the first word of its name."""
    if unicodedata.category(character).startswith("S"):
        return "symbols"
    word = unicodedata.name(character, "unnamed").split()[0]
    return word if word == "CJK" else word.title()


def _unseen(character: str) -> bool:
    """Whether nothing is drawn for it: controls, marks of direction, spaces, selectors of variants."""
    return unicodedata.category(character)[0] in "CZ" or 0xFE00 <= ord(character) <= 0xFE0F


@cache
def _having(characters: frozenset[str]) -> tuple[list[str], frozenset[str]]:
    """Families that have these characters, as few as may be, and the characters that none has."""
    found: list[str] = []
    left = set(characters)
    files = _files()
    while left:
        best = max(files, key=lambda family: len(left & _characters(files[family])))
        gained = left & _characters(files[best])
        if not gained:
            break
        found.append(best)
        left -= gained
    return found, frozenset(left)


@cache
def _files() -> dict[str, str]:
    """A file of every installed family, upright and of usual weight where there is one; plain families first."""
    found: dict[str, tuple[bool, bool, str]] = {}
    for entry in font_manager.fontManager.ttflist:
        if entry.name.startswith(_BOXES):
            continue
        one = entry.style != "normal", entry.weight not in (400, "normal", "regular"), entry.fname
        found[entry.name] = min(found.get(entry.name, one), one)
    order = sorted(found, key=lambda name: ("Sans" not in name, "Mono" in name or "Condensed" in name, name))
    return {name: found[name][2] for name in order}


@cache
def _characters(file: str) -> frozenset[str]:
    try:
        return frozenset(map(chr, font_manager.get_font(file).get_charmap()))
    except (OSError, RuntimeError):
        return frozenset()
