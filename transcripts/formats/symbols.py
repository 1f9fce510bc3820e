"""The Symbol font, whose signs have numbers of their own: Word and Rich Text files store those, not Unicode.

After Adobe's "Symbol Encoding to Unicode" (unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt).
"""

from __future__ import annotations

_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SMALL_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SIGNS = {
    **{0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼"},
    **{0xA0: "€", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→"},
    **{0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB6: "∂", 0xB7: "•", 0xB8: "÷"},
    **{0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅", 0xCE: "∈", 0xD0: "∠", 0xD2: "®", 0xD3: "©"},
    **{0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑", 0xF2: "∫"},
    **dict(enumerate(_GREEK, 0x41)),
    **dict(enumerate(_SMALL_GREEK, 0x61)),
}
_PRIVATE = range(0xF000, 0xF100)
"""Where Word has the characters of such fonts."""


def symbol(font: str, code: str) -> str:
    """Return the sign with a number, in hexadecimal, in a font; "" for a sign of another font that nobody says."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    own = number & 0xFF if number in _PRIVATE else number
    if font.casefold() == "symbol" and own < 0x100:
        return _SIGNS.get(own, chr(own) if 0x20 <= own < 0x7F else "")
    if number in _PRIVATE or "dings" in font.casefold() or number in range(0xD800, 0xE000):
        return ""
    return chr(number) if 0x20 <= number < 0x110000 else ""
