"""What MkDocs gets besides mkdocs.yml: the generated pages, and the documents at the top of the repository."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import diagram  # noqa: E402  these two are beside this file
import generated  # noqa: E402

BESIDE = {
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "third_party.md": "THIRD_PARTY.md",
    "security.md": "SECURITY.md",
}
"""Pages that are documents at the top of the repository."""


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are not files in docs/."""
    for path, text in generated.pages().items():
        files.append(File.generated(config, path, content=text))
    files.append(File.generated(config, "architecture.svg", content=diagram.svg(generated.layers())))
    for path, name in BESIDE.items():
        text = (HERE.parent / name).read_text("utf-8")
        files.append(File.generated(config, path, content=inside(text)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Turn links that leave docs/ in the repository into links within the site."""
    return inside(markdown)


def inside(markdown: str) -> str:
    """Return a document with its links as seen from docs/; a link to code becomes the plain name."""
    markdown = re.sub(r"\]\((?:\.\./)*docs/", "](", markdown)
    for path, name in BESIDE.items():
        markdown = re.sub(rf"\]\((?:\.\./)*{re.escape(name)}", f"]({path}", markdown)
    return re.sub(r"\[([^\]]*)\]\((?:\.\./)*(?:LICENSE|README\.md|examples/[^)]*)\)", r"\1", markdown)
