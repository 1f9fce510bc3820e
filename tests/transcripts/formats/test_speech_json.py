"""The JSON of speech services: the same two turns come out of each, whatever they are nested in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.source import Source

TURNS = ["Good morning, everyone.", "In May."]
WORDS = [(word, number) for number, turn in enumerate(TURNS) for word in turn.split()]
PARTS = [
    (part, number)
    for number, turn in enumerate(["Good morning , everyone .", "In May ."])
    for part in turn.split()
]


def timed(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "start": 0, "end": 1, **more}


SERVICES: dict[str, Any] = {
    "utterances and their words": {
        "language_code": "en_us",
        "text": " ".join(TURNS),
        "words": [timed(word, speaker="AB"[at]) for word, at in WORDS],
        "utterances": [
            timed(turn, speaker="AB"[at], words=[timed(word) for word in turn.split()])
            for at, turn in enumerate(TURNS)
        ],
    },
    "paragraphs of sentences in a channel": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "transcript": " ".join(TURNS),
                            "words": [
                                {"word": word.lower(), "punctuated_word": word, "speaker": at}
                                for word, at in WORDS
                            ],
                            "paragraphs": [
                                {"speaker": at, "sentences": [timed(turn)]} for at, turn in enumerate(TURNS)
                            ],
                        }
                    ]
                }
            ]
        }
    },
    "items with marks apart": {
        "results": {
            "transcripts": [{"transcript": " ".join(TURNS)}],
            "items": [
                {"alternatives": [{"content": part, "confidence": "0.9"}], "speaker_label": f"spk_{at}"}
                for part, at in PARTS
            ],
        }
    },
    "all words once more, with their speakers": {
        "results": [
            {"alternatives": [{"transcript": turn, "words": [{"word": word} for word in turn.split()]}]}
            for turn in TURNS
        ]
        + [{"alternatives": [{"words": [{"word": word, "speakerTag": at + 1} for word, at in WORDS]}]}]
    },
    "several readings of a phrase": {
        "combinedPhrases": [{"display": " ".join(TURNS)}],
        "recognizedPhrases": [
            {
                "speaker": at,
                "nBest": [{"lexical": turn.lower(), "display": turn}, {"display": "Good warning."}],
            }
            for at, turn in enumerate(TURNS)
        ],
    },
    "monologues of elements that bring their blanks": {
        "monologues": [
            {"speaker": at, "elements": [{"value": word + " "} for word in turn.split()]}
            for at, turn in enumerate(TURNS)
        ],
        "speakers": [{"id": 0, "name": "Anna Reed"}, {"id": 1, "name": "Tom Hale"}],
    },
    "sentences of a meeting": {
        "data": {
            "transcript": {
                "sentences": [{"speaker_name": "AB"[at], "text": turn} for at, turn in enumerate(TURNS)]
            }
        }
    },
    "paragraphs of cues, without speakers": {"paragraphs": [{"cues": [timed(turn)]} for turn in TURNS]},
    "chunks": {
        "text": " ".join(TURNS),
        "chunks": [{"timestamp": [0, 1], "text": f" {turn}"} for turn in TURNS],
    },
}


@pytest.mark.parametrize("name", SERVICES)
def test_the_same_turns(name: str) -> None:
    found, document = read_document(Source("x.json", json.dumps(SERVICES[name]).encode()))
    assert found == "json"
    assert [row.content for row in document.rows] == TURNS
    speakers = [row.speaker for row in document.rows]
    if name in ("paragraphs of cues, without speakers", "chunks"):
        assert speakers == [None, None]
    else:
        assert len(set(speakers)) == 2
        assert None not in speakers
    if "monologues" in name:
        assert speakers == ["Anna Reed", "Tom Hale"]


def test_a_parliaments_interface() -> None:
    record = {
        "meetingRecord": [
            {
                "date": "2027-05-12",
                "speechRecord": [
                    {"speaker": "会議録情報", "speech": "令和九年五月十二日（水曜日）"},
                    {
                        "speaker": "森太郎",
                        "speech": "○森委員長　これより会議を開きます。\r\n　調査を進めます。",
                    },
                    {"speaker": "林花子", "speech": "○林（花）委員　港の道はいつ開きますか。"},
                ],
            }
        ]
    }
    _, document = read_document(Source("x.json", json.dumps(record).encode()))
    assert str(document.date) == "2027-05-12"
    assert [row.kind for row in document.rows] == ["metadata", None, None, None]
    unspoken = [row.text[mark.start : mark.end].strip() for row in document.rows for mark in row.marks]
    assert unspoken == ["○森委員長", "○林（花）委員"]


def test_json_without_text_says_so() -> None:
    with pytest.raises(TranscriptError, match="no transcript"):
        read_document(Source("x.json", b'{"a": {"b": [1, 2]}}'))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "speaker", "words", "alternatives", "x"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["text", "results", "speakers", "date"]), values, min_size=1))
def test_any_json_is_read_or_refused(value: dict[str, Any]) -> None:
    try:
        _, document = read_document(Source("x.json", json.dumps(value).encode()))
    except TranscriptError:
        return
    assert document.rows


@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"), st.lists(st.sampled_from(["no", "yes", "it's", "May."]), min_size=1)
        ),
        min_size=2,
    )
)
def test_no_word_is_lost(turns: list[tuple[str, list[str]]]) -> None:
    value = {"words": [{"word": word, "speaker": who} for who, words in turns for word in words]}
    _, document = read_document(Source("x.json", json.dumps(value).encode()))
    said = [(row.speaker, word) for row in document.rows for word in row.text.split()]
    assert said == [(who, word) for who, words in turns for word in words]


def test_a_web_page_within_the_json_of_a_parliament() -> None:
    page = "<p><strong>Ms Ann Reed (Quay)</strong>: I beg to move.</p><p>The wall is old.</p>"
    for value in (
        {"sitting": 4, "html": page},
        {"list": [{"title": "Wall", "content": page}, {"content": page}]},
    ):
        _, document = read_document(Source("x", json.dumps(value).encode()))
        assert [row.content for row in document.rows if row.content][:2] == [
            "Ms Ann Reed (Quay): I beg to move.",
            "The wall is old.",
        ]
        assert any(row.marks for row in document.rows)


def test_html_beside_a_speaker_is_plain_text() -> None:
    value = [
        {"speaker": name, "content": f"<p>Yes, <b>{name}</b> &amp; all.</p><p>So.</p>"}
        for name in ("Ann", "Tom")
    ]
    _, document = read_document(Source("x", json.dumps(value).encode()))
    rows = [(row.speaker, row.content) for row in document.rows if row.content]
    assert rows == [("Ann", "Yes, Ann & all."), ("Ann", "So."), ("Tom", "Yes, Tom & all."), ("Tom", "So.")]
