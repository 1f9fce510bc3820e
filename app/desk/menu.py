"""The desk in the menu of applications, by the rules of freedesktop.org (Desktop Entry Specification)."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from platformdirs import user_data_path

from asdelivered.app.errors import AppError
from asdelivered.base.delivery import put
from asdelivered.base.system import has_freedesktop_menu

NAME = "asdelivered-desk"
_SPECIAL = '"`$\\'


def install_menu_entry() -> Path:
    """Write the entry and its icon into the user's folders, and return the entry.

    Raises AppError on macOS and Windows, whose menus have other files; NotOursError, OSError.
    """
    if not has_freedesktop_menu():
        raise AppError(
            "--install knows the menus of Linux desktops alone: here, make a shortcut of your own that runs "
            f"{sys.executable} -m asdelivered desk --from-menu"
        )
    data = user_data_path()
    icon = data / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    entry = data / "applications" / f"{NAME}.desktop"
    image = (files("asdelivered.review") / "page" / "icon.svg").read_bytes()
    for path, content in ((icon, image), (entry, menu_entry(icon).encode())):
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content)
    return entry


def menu_entry(icon: Path) -> str:
    """Return the text of the entry. It runs this very Python, so it works wherever the program is installed."""
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Version=1.0\n"
        "Name=asdelivered\n"
        "Comment=Captions, clips and pages from a transcript and a recording\n"
        "Comment[de]=Untertitel, Ausschnitte und Seiten aus Text und Aufnahme\n"
        "Comment[fr]=Sous-titres, extraits et pages à partir d’un texte et d’un enregistrement\n"
        f"Exec={_quoted(sys.executable)} -m asdelivered desk --from-menu\n"
        f"Icon={icon}\n"
        "Terminal=false\n"
        "Categories=AudioVideo;AudioVideoEditing;\n"
    )


def _quoted(text: str) -> str:
    """Quote an argument of Exec; a backslash there is escaped twice, since it is also one in the string."""
    inner = "".join(f"\\{char}" if char in _SPECIAL else char for char in text).replace("\\", "\\\\")
    return f'"{inner.replace("%", "%%")}"'
