"""An event for viewers of libraries and archives: IIIF Presentation 3, Web Annotations, and oEmbed.

https://iiif.io/api/presentation/3.0/, https://www.w3.org/TR/annotation-model/, https://oembed.com
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from asdelivered.align.document.alignment import Alignment, turns_of
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.anchors import line_anchors
from asdelivered.archive.publishing.pages import day
from asdelivered.media.browser_media import media_type_of

MANIFEST, ANNOTATIONS, OEMBED, COLLECTION = (
    "manifest.json",
    "annotations.json",
    "oembed.json",
    "collection.json",
)
_PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
_WIDTH, _HEIGHT = 640, 360
"""The size that an embedded page asks for."""


def iiif_files(
    alignment: Alignment, info: EventInfo, page: str, recording: str, picture: bool
) -> dict[str, bytes]:
    """Return the manifest, the annotations (a line each) and the oEmbed answer of the event at the address `page`."""
    return {
        MANIFEST: _json(_manifest(alignment, info, page, recording, picture)),
        ANNOTATIONS: _json(_annotations(alignment, page)),
        OEMBED: _json(_oembed(info, page)),
    }


def iiif_collection(site: str, title: str, events: Sequence[tuple[EventInfo, str]]) -> bytes:
    """Return the collection of all manifests: of each event and the address of its page."""
    return _json(
        {
            "@context": _PRESENTATION,
            "id": site + COLLECTION,
            "type": "Collection",
            "label": {"none": [title]},
            "items": [
                {"id": page + MANIFEST, "type": "Manifest", "label": {"none": [info.title or info.name]}}
                for info, page in events
            ],
        }
    )


def _manifest(
    alignment: Alignment, info: EventInfo, page: str, recording: str, picture: bool
) -> dict[str, Any]:
    language, canvas = alignment.transcript.language, f"{page}canvas"
    seconds = alignment.recording.duration / 1000
    body = {
        "id": recording,
        "type": "Video" if picture else "Sound",
        "format": media_type_of(recording),
        "duration": seconds,
    }
    captions = {"id": f"{page}transcript.vtt", "type": "Text", "format": "text/vtt", "language": language}
    painting = _page(f"{canvas}/painting", [_annotation(f"{canvas}/recording", "painting", body, canvas)])
    supplement = [_annotation(f"{canvas}/captions", "supplementing", captions, canvas)]
    facts = [("Date", day(info)), ("Occasion", info.occasion or "")]
    return {
        "@context": _PRESENTATION,
        "id": page + MANIFEST,
        "type": "Manifest",
        "label": {"none": [info.title or info.name]},
        "metadata": [{"label": {"en": [name]}, "value": {"none": [value]}} for name, value in facts if value],
        "homepage": [
            {"id": page, "type": "Text", "label": {"none": [info.title or info.name]}, "format": "text/html"}
        ],
        "items": [
            {
                "id": canvas,
                "type": "Canvas",
                "duration": seconds,
                "items": [painting],
                "annotations": [
                    _page(f"{canvas}/supplements", supplement),
                    {"id": page + ANNOTATIONS, "type": "AnnotationPage"},
                ],
            }
        ],
        "structures": [
            {
                "id": f"{page}{MANIFEST}#turns",
                "type": "Range",
                "label": {"en": ["Speakers"]},
                "items": [*_ranges(alignment, page, canvas)],
            }
        ],
    }


def _ranges(alignment: Alignment, page: str, canvas: str) -> Iterator[dict[str, Any]]:
    for number, (_, speaker, lines) in enumerate(turns_of(alignment.lines), start=1):
        spans = [line.span for line in lines if line.span is not None]
        if spans:
            time = f"{spans[0].start / 1000:g},{max(span.end for span in spans) / 1000:g}"
            yield {
                "id": f"{page}{MANIFEST}#turn-{number}",
                "type": "Range",
                "label": {"none": [speaker or " ".join(lines[0].text.split()[:8])]},
                "items": [{"id": f"{canvas}#t={time}", "type": "Canvas"}],
            }


def _annotations(alignment: Alignment, page: str) -> dict[str, Any]:
    language = alignment.transcript.language
    items = [
        _annotation(
            f"{page}#{anchor}",
            "supplementing",
            {"type": "TextualBody", "value": line.text, "format": "text/plain", "language": language},
            {
                "type": "SpecificResource",
                "source": f"{page}canvas",
                "selector": {
                    "type": "FragmentSelector",
                    "conformsTo": "http://www.w3.org/TR/media-frags/",
                    "value": f"t={line.span.start / 1000:g},{line.span.end / 1000:g}",
                },
            },
        )
        for line, anchor in zip(alignment.lines, line_anchors(alignment.lines), strict=True)
        if line.span is not None
    ]
    return {"@context": _PRESENTATION, **_page(page + ANNOTATIONS, items)}


def _page(id: str, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"id": id, "type": "AnnotationPage", "items": [*items]}


def _annotation(
    id: str, motivation: str, body: dict[str, Any], target: str | dict[str, Any]
) -> dict[str, Any]:
    return {"id": id, "type": "Annotation", "motivation": motivation, "body": body, "target": target}


def _oembed(info: EventInfo, page: str) -> dict[str, Any]:
    title = info.title or info.name
    frame = (
        f'<iframe src="{escape(page)}?embed" width="{_WIDTH}" height="{_HEIGHT}" title="{escape(title)}" '
        'allow="autoplay; clipboard-write"></iframe>'
    )
    return {
        "type": "rich",
        "version": "1.0",
        "title": title,
        "html": frame,
        "width": _WIDTH,
        "height": _HEIGHT,
    }


def _json(value: dict[str, Any]) -> bytes:
    return f"{json.dumps(value, indent=1, ensure_ascii=False)}\n".encode()
