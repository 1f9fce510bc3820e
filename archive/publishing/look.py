"""How the pages of a site look and in which language they speak: a theme is a few CSS variables over page.css."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from asdelivered.archive.publishing.pages import STYLE, asset
from asdelivered.archive.publishing.site_texts import SITE_LANGUAGES, SiteTexts, site_texts_for
from asdelivered.archive.publishing.template import NO_TEMPLATE, Template, read_template, read_text
from asdelivered.archive.publishing.texts import PageTexts, texts_for
from asdelivered.base.errors import UsageError

THEMES = ("plain", "paper", "contrast")


@dataclass(frozen=True)
class Look:
    """The CSS that a theme adds, the language of what is not the events' own, and what is put around every page.

    Without a language, the page of an event speaks that of its text.
    """

    css: str = ""
    language: str | None = None
    template: Template = NO_TEMPLATE

    @property
    def style(self) -> bytes:
        """The style sheet of a site's pages."""
        return asset(STYLE) + self.css.encode()

    def page_texts(self, language: str) -> PageTexts:
        """Return the words for the page of an event whose text is in `language`."""
        return texts_for(self.language or language)

    def site_texts(self, languages: Iterable[str]) -> SiteTexts:
        """Return the words for the site of events in these languages: where all have the same, in that one."""
        own = {language.partition("-")[0] for language in languages}
        return site_texts_for(self.language or (own.pop() if len(own) == 1 else ""))


PLAIN_LOOK = Look()
"""The look without a theme."""


def find_look(theme: str = "plain", language: str | None = None, template: Path | None = None) -> Look:
    """Return the look of a theme that comes with the program, or of a CSS file of your own, with your own template.

    Raises UsageError: there is no such theme or language, or a file can't be used.
    """
    if language is not None and language not in SITE_LANGUAGES:
        raise UsageError(
            f"pages do not speak {language!r}: choose one of {', '.join(SITE_LANGUAGES)}, or leave out --language"
        )
    around = NO_TEMPLATE if template is None else read_template(template)
    return Look(_css_of(theme), language, around)


def _css_of(theme: str) -> str:
    if theme == "plain":
        return ""
    if theme in THEMES:
        themes = importlib.resources.files("asdelivered.archive.publishing").joinpath("themes")
        return themes.joinpath(f"{theme}.css").read_text("utf-8")
    return _own_theme(Path(theme))


def _own_theme(path: Path) -> str:
    if path.suffix.lower() != ".css":
        raise UsageError(
            f"{path} is no theme: choose one of {', '.join(THEMES)}, or give a file that ends in .css"
        )
    css = read_text(path, "theme")
    if "<" in css:  # it stands in a <style> of each page, which it could end
        raise UsageError(f"{path} has a '<', which no theme needs")
    return css
