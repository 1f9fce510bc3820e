"""What each request to the review's server takes and answers: the table that its description is made from."""

from __future__ import annotations

from collections.abc import Mapping

from asdelivered.review.peaks import LEVELS
from asdelivered.review.server.openapi import (
    BINARY,
    BOOLEAN,
    BYTES_TYPE,
    INTEGER,
    NUMBER,
    TEXT,
    Answer,
    Body,
    Operation,
    Parameter,
    Schema,
    list_of,
    object_of,
    or_null,
)
from asdelivered.review.session import MOST_CLIPS

MOST_PEAKS = 1 << 16
"""Buckets of one request."""

MILLISECONDS: Schema = {**INTEGER, "description": "milliseconds"}
WORDS: Schema = {
    "type": "array",
    "minItems": 4,
    "maxItems": 4,
    "description": "[id of the first line, its word from 0, id of the last line, its word from 0]",
    "items": {"type": ["string", "integer"]},
}
"""Selected words."""
CODED: Schema = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "description": '[key of a sentence in the catalogue, "" for none; values that fill it]',
    "items": {"type": ["string", "object"]},
}
"""A sentence for people, by which the page has it in each language."""

LINE = object_of(
    {
        "id": TEXT,
        "turn": TEXT,
        "speaker": or_null("string"),
        "text": TEXT,
        "status": {"enum": ["matched", "partial", "interpolated", "unspoken"]},
        "start": or_null("integer"),
        "end": or_null("integer"),
        "channel": or_null("integer"),
        "confidence": or_null("number"),
        "pin": or_null("object"),
        "settled": {
            "enum": ["spoken", "unspoken", "label", None],
            "description": "what the recording showed of a line that the page left in doubt",
        },
        "doubt": NUMBER,
        "reasons": list_of(TEXT),
        "why": list_of(CODED, "the same as `reasons`"),
        "words": list_of(
            INTEGER,
            "four per word: start, end (-1 without a time), confidence in per cent, "
            "status (0 matched, 1 interpolated, 3 unspoken)",
        ),
    }
)
STATE = object_of(
    {
        "version": INTEGER,
        "undo": BOOLEAN,
        "redo": BOOLEAN,
        "pins": INTEGER,
        "pending": list_of(TEXT, "lines whose times were changed since they were last aligned"),
        "clips": INTEGER,
        "changed": list_of({"$ref": "#/components/schemas/Line"}),
        "work": {
            **or_null("object"),
            "properties": {"kind": {"enum": ["align", "render"]}, "step": TEXT, "share": NUMBER},
        },
        "peaks": MILLISECONDS,
        "messages": list_of(TEXT),
        "told": list_of(CODED, "the same as `messages`"),
        "messages_count": INTEGER,
        "files": list_of(TEXT),
        "opened": {
            **TEXT,
            "description": "a name for this review until it is closed; requests that send it as X-Review are refused "
            "once the alignment is under another review",
        },
        "regions": list_of(
            {"type": "array"},
            "[untranscribed, applause or music; start; end; a draft of it, if any]",
        ),
    }
)


SCHEMAS: Mapping[str, Schema] = {"Line": LINE, "State": STATE}
"""Schemas that others refer to by name."""

STATE_ANSWER = Answer("The state", {"$ref": "#/components/schemas/State"})
FILE_ANSWER = Answer("The file", BINARY, BYTES_TYPE)

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("GET", "/"): Operation("The page", Answer("HTML", TEXT, "text/html")),
    ("GET", "/{name}"): Operation(
        "A part of the page: a script, a style sheet, the icon",
        Answer("The file", TEXT, "text/javascript"),
        (Parameter("name", TEXT, "the file's name"),),
    ),
    ("GET", "/openapi.json"): Operation("This description", Answer("OpenAPI 3.1")),
    ("GET", "/media"): Operation(
        "The recording; supports Range",
        Answer("All of it", BINARY, BYTES_TYPE),
        others={"206": "The requested range"},
    ),
    ("GET", "/api/alignment"): Operation(
        "The alignment as it is now, with all edits",
        Answer("A document that keeps docs/alignment.schema.json"),
    ),
    ("GET", "/api/lines"): Operation(
        "All that the page needs to begin: title, duration, lines, regions, state", Answer("All of it")
    ),
    ("GET", "/api/state"): Operation(
        "The state, and the lines that changed",
        STATE_ANSWER,
        (Parameter("since", INTEGER, "list the changes after this version; without it, none"),),
    ),
    ("GET", "/api/queue"): Operation(
        "The lines worth checking, the most doubtful first",
        Answer("lines: id, text, times, confidence, doubt (0 to 1), reasons"),
    ),
    ("POST", "/api/lines/{line}/{edit}"): Operation(
        "Edit a line; the answer comes when the edit is on the disk",
        Answer("The state, with the lines that changed", STATE_ANSWER.schema),
        (
            Parameter("line", TEXT, "its id"),
            Parameter(
                "edit",
                {"enum": ["accept", "move", "unspoken", "clear"]},
                "accept: right as it is; move: from start to end; unspoken: nobody said it; clear: remove its pin",
            ),
        ),
        Body({"start": MILLISECONDS, "end": MILLISECONDS}),
    ),
    ("POST", "/api/undo"): Operation("Undo the last edit", STATE_ANSWER),
    ("POST", "/api/redo"): Operation("Redo the edit that was undone last", STATE_ANSWER),
    ("POST", "/api/save"): Operation(
        "Write the alignment and its pins",
        Answer("files: the names of the files that were written"),
        body=Body(
            {"captions": {"type": "boolean", "description": "write .srt and .vtt as well"}, "style": TEXT}
        ),
    ),
    ("GET", "/api/styles"): Operation("The caption styles", Answer("styles: [name, title]")),
    ("GET", "/api/captions"): Operation(
        "The captions around a moment, as they would air",
        Answer(
            "start, end: these are all captions of that span; cues: [start, end, lines, whether at the top]"
        ),
        (
            Parameter("style", {**TEXT, "default": "netflix"}, "a style"),
            Parameter("at", MILLISECONDS, "the moment"),
        ),
    ),
    ("PUT", "/api/own-words"): Operation(
        "Note words for speech that the text lacks, apart from the official text",
        Answer("own_words: all that is noted, [start, end, text]; no text: it is ignored"),
        body=Body(
            {
                "start": MILLISECONDS,
                "end": MILLISECONDS,
                "text": {
                    **or_null("string"),
                    "description": 'the words; "": ignore it; null: leave it open again',
                },
            },
            ("start", "end"),
        ),
    ),
    ("GET", "/api/find"): Operation(
        "Find a quote",
        Answer("hits: as in `asdelivered find --json`, with words, and the title and date of the event"),
        (
            Parameter("q", TEXT, "the quote", required=True),
            Parameter("limit", {**INTEGER, "minimum": 1, "maximum": 100}, "places at most"),
        ),
    ),
    ("POST", "/api/quote"): Operation(
        "Selected words as a quote: times, link, citation",
        Answer("A hit as in /api/find"),
        body=Body({"words": WORDS}, ("words",)),
    ),
    ("GET", "/api/clips"): Operation(
        "The clip list, cut in the pauses, and the formats to download it in",
        Answer(
            "version (of the list), clips, formats; a clip whose words have no time has null as start and end, "
            "and its notes say so"
        ),
    ),
    ("PUT", "/api/clips"): Operation(
        "Replace the clip list",
        STATE_ANSWER,
        body=Body(
            {
                "clips": {"type": "array", "maxItems": MOST_CLIPS, "items": WORDS},
                "version": {
                    **INTEGER,
                    "description": "the version of the list that this one was made from: if that is not the present "
                    "one, nothing is changed, and the answer is 409 with the present version",
                },
            },
            ("clips", "version"),
        ),
    ),
    ("GET", "/api/clips/list"): Operation(
        "The clip list as a file, without the clips that have no time",
        FILE_ANSWER,
        (Parameter("format", {**TEXT, "default": ".edl"}, "its ending, as in /api/clips"),),
    ),
    ("POST", "/api/clips/render"): Operation(
        "Begin to render the clips as media files: those of the list, or only the one of these words",
        STATE_ANSWER,
        body=Body({"style": TEXT, "words": WORDS}),
    ),
    ("GET", "/api/clips/files/{number}"): Operation(
        "A file of the rendered clips",
        FILE_ANSWER,
        (Parameter("number", INTEGER, "its place in the state's files"),),
    ),
    ("POST", "/api/align"): Operation(
        "Begin to align again between the pins; /api/state reports the progress", STATE_ANSWER
    ),
    ("POST", "/api/stop"): Operation("Stop the work in progress", STATE_ANSWER),
    ("GET", "/api/peaks/{level}"): Operation(
        "The waveform: two signed bytes per bucket, the lowest and the highest sample",
        Answer("The bytes; fewer while the waveform is still being made", BINARY, BYTES_TYPE),
        (
            Parameter(
                "level",
                {**INTEGER, "minimum": 0, "maximum": LEVELS - 1},
                "buckets of 2.5 ms times 4 to this power",
            ),
            Parameter("start", INTEGER, "the first bucket"),
            Parameter("count", {**INTEGER, "maximum": MOST_PEAKS}, "buckets at most"),
        ),
    ),
}
"""Every operation of the server, by its method and path."""
