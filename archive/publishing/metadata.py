"""What machines read in the head of an event's page: schema.org as JSON-LD, Open Graph, and a Twitter card.

https://schema.org/VideoObject, https://developers.google.com/search/docs/appearance/structured-data/video,
https://ogp.me
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from asdelivered.align.document.alignment import AlignedLine, Alignment, turns_of
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.pages import day
from asdelivered.media.rendering.share_card import SIZE
from asdelivered.transcripts.structure.speakers.roster import read_label

_CARD_SIZE = {
    "og:image:type": "image/png",
    "og:image:width": str(SIZE[0]),
    "og:image:height": str(SIZE[1]),
}
_DESCRIPTION = 200
"""Characters of the text that describe a page."""


def head_metadata(
    alignment: Alignment,
    info: EventInfo,
    page: str,
    recording: str | None,
    picture: bool,
    poster: str | None = None,
    card: str | None = None,
) -> list[str]:
    """Return the lines for the head of the page at the address `page`.

    `recording` is the address of its recording, `poster` that of the picture of it; without one, `card` is what links
    are shown with.
    """
    title, description = info.title or info.name, description_of(alignment, info)
    kind, shown = "video" if picture else "audio", poster or card
    properties = {
        "og:type": "video.other" if recording and picture else "article",
        "og:title": title,
        "og:description": description,
        "og:url": page,
        "og:locale": alignment.transcript.language.replace("-", "_"),
        **({f"og:{kind}": recording} if recording else {}),
        **({"og:image": shown, "og:image:alt": title} if shown else {}),
        **(_CARD_SIZE if card and not poster else {}),
    }
    kind_of_card = "summary_large_image" if shown else "summary"
    names = {"description": description, "twitter:card": kind_of_card, "twitter:title": title}
    data = json.dumps(structured_data(alignment, info, page, recording, picture, poster), ensure_ascii=False)
    harmless = data.replace("<", "\\u003c")  # a "<" would let the text end the element that it is in
    return [
        *(f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items()),
        *(f'<meta name="{name}" content="{escape(value)}">' for name, value in names.items()),
        f'<script type="application/ld+json">{harmless}</script>',
    ]


def description_of(alignment: Alignment, info: EventInfo) -> str:
    """Return a sentence or two about an event: its occasion, or else how its text begins."""
    if info.occasion:
        return " ".join(filter(None, (info.occasion, day(info))))
    text = ""
    for line in alignment.lines:
        if len(text) > _DESCRIPTION:
            break
        text = f"{text} {line.text}".strip()
    return text if len(text) <= _DESCRIPTION else f"{text[:_DESCRIPTION].rsplit(' ', 1)[0]} …"


def structured_data(
    alignment: Alignment,
    info: EventInfo,
    page: str,
    recording: str | None,
    picture: bool,
    poster: str | None = None,
) -> dict[str, Any]:
    """Return a schema.org Event: its speakers, and its recording with a transcript and a Clip for each turn."""
    title = info.title or info.name
    labels = [*dict.fromkeys(line.speaker for line in alignment.lines if line.speaker)]
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": title,
        "url": page,
        "inLanguage": alignment.transcript.language,
        **({"startDate": day(info)} if info.date else {}),
        **({"description": info.occasion} if info.occasion else {}),
    }
    if performers := [*_people(labels)]:
        event["performer"] = performers
    if recording:
        event["recordedIn"] = {
            "@type": "VideoObject" if picture else "AudioObject",
            "name": title,
            "description": description_of(alignment, info),
            "contentUrl": recording,
            **({"thumbnailUrl": poster} if poster else {}),
            **({"uploadDate": day(info)} if info.date else {}),
            "duration": f"PT{alignment.recording.duration / 1000}S",
            "inLanguage": alignment.transcript.language,
            "transcript": "\n".join(line.text for line in alignment.lines),
            "hasPart": [*_clips(alignment.lines, page)],
        }
    return event


def _people(labels: Sequence[str]) -> Iterator[dict[str, str]]:
    seen = set()
    for label in labels:
        person = read_label(label)
        if person.named and person.name not in seen:
            seen.add(person.name)
            yield {"@type": "Person", "name": person.name} | (
                {"jobTitle": person.role} if person.role else {}
            )


def _clips(lines: Sequence[AlignedLine], page: str) -> Iterator[dict[str, Any]]:
    """Yield a Clip of each turn; no two of them begin at the same time, as search engines demand."""
    seen: set[float] = set()
    for _, speaker, turn in turns_of(lines):
        spans = [line.span for line in turn if line.span is not None]
        if spans and spans[0].start / 1000 not in seen:
            start, end = spans[0].start / 1000, max(span.end for span in spans) / 1000
            seen.add(start)
            name = speaker or " ".join(turn[0].text.split()[:8])
            yield {
                "@type": "Clip",
                "name": name,
                "startOffset": start,
                "endOffset": end,
                "url": f"{page}#t={start},{end}",
            }
