"""The template of a site: what an editor puts around the content of every page, such as a header, a menu and a footer.

It is a piece of HTML, the inside of <body>, with `{{content}}` where the page's own content goes. `{{title}}`,
`{{language}}` and `{{root}}` (the way to the first page, as "../../") may stand in it as often as needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from asdelivered.base.errors import UsageError
from asdelivered.base.reading import read_file

CONTENT = "{{content}}"
_PLACEHOLDER = re.compile(r"\{\{\s*(\w*)\s*\}\}")
_KNOWN = ("content", "root", "title", "language")
_LARGEST = 1 << 20
"""Bytes of a template, or of a theme."""
_OURS = ("html", "head", "body", "title", "base", "meta", "link")
_NOT_RUN = ("script", "style", "iframe", "object", "embed", "template", "frameset", "noscript")
_ADDRESSES = ("href", "src", "action", "formaction")
_IDS = (
    *("content", "text", "bar", "player", "find", "query", "told", "quote", "done"),
    *("search", "results", "pager", "latest"),
)
"""Names of parts of our pages, by which their scripts find them."""


@dataclass(frozen=True)
class Template:
    """What stands before and after the content of a page, with its placeholders."""

    before: str = ""
    after: str = ""

    def around(self, content: Iterable[str], root: str, title: str, language: str) -> list[str]:
        """Return lines of HTML: the content in its element, with what the template puts around it."""
        given = {"root": escape(root), "title": escape(title), "language": escape(language)}

        def filled(part: str) -> list[str]:
            return [_PLACEHOLDER.sub(lambda found: given[found[1]], part)] if part else []

        return [*filled(self.before), '<div id="content">', *content, "</div>", *filled(self.after)]

    @property
    def any(self) -> bool:
        """Whether there is anything around the content."""
        return self != Template()


NO_TEMPLATE = Template()
"""The content alone."""


def read_template(path: Path) -> Template:
    """Return the template in a file. Raises UsageError: it cannot be read, or the pages could not work with it."""
    text = read_text(path, "template")
    try:
        return parse_template(text)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error


def read_text(path: Path, what: str) -> str:
    """Return the text of a file that an editor wrote; `what` names it. Raises UsageError where it cannot be read."""
    try:
        return read_file(path, _LARGEST, what, UsageError).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: the {what} cannot be read: it is not UTF-8") from error


def parse_template(text: str) -> Template:
    """Return the template with this text. Raises UsageError, as `read_template`."""
    for found in _PLACEHOLDER.finditer(text):
        if found[1] not in _KNOWN:
            names = ", ".join(f"{{{{{name}}}}}" for name in _KNOWN)
            raise UsageError(f"the template has {found[0]}, and there is only {names}")
    parts = re.split(r"\{\{\s*content\s*\}\}", text)
    if len(parts) != 2:
        problem = "has no {{content}}" if len(parts) == 1 else "has {{content}} more than once"
        raise UsageError(f"the template {problem}: put it once, where the content of each page goes")
    before, after = parts
    reader = _Reader()
    reader.feed(before)
    within = reader.rawdata.startswith("<")  # a comment or a tag that has not ended yet
    reader.feed(f"{CONTENT}{after}")
    reader.close()
    if within or not reader.found:
        raise UsageError(
            "the template has {{content}} in a comment or a tag: put it where the text of a page would stand"
        )
    return Template(before.strip(), after.strip())


class _Reader(HTMLParser):
    """Reads a template, and refuses what would not work, or would break the pages."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Refuse tags and attributes that a page cannot have twice, or that its security policy stops."""
        if tag in _OURS:
            raise UsageError(
                f"the template has <{tag}>, which the pages bring themselves: give what stands inside <body> alone"
            )
        if tag in _NOT_RUN:
            way = "put CSS into a file for --theme" if tag == "style" else "leave it out"
            raise UsageError(f"the template has <{tag}>, which the security policy of the pages stops: {way}")
        for name, value in attrs:
            if name == "style":
                raise UsageError(
                    f"the template has <{tag} style=...>, which the security policy of the pages stops: put CSS "
                    "into a file for --theme"
                )
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or (
                name in _ADDRESSES and address.startswith(("javascript:", "vbscript:"))
            ):
                raise UsageError(
                    f"the template has a script in <{tag} {name}=...>, which the security policy of the pages stops: "
                    "leave it out"
                )
            if name == "id" and value in _IDS:
                raise UsageError(
                    f'the template has id="{value}", which names a part of the pages: choose another'
                )

    def handle_data(self, data: str) -> None:
        """Note where the content goes."""
        self.found = self.found or CONTENT in data
