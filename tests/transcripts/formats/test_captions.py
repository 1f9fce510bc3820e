"""Captions and the transcripts of programs: what is said, by whom where it is told, and nothing else."""

import json
from pathlib import Path

import pytest

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.read import read_transcript

SRT = """\
1
00:00:01,000 --> 00:00:03,000
<i>Thank you</i> {\\an8}very
much, everyone.

2
00:00:03.500 --> 00:00:05,000 X1:100
- It is 5 < 6.
- Indeed!

3
00:00:05,000 --> 00:00:06,000


4
00:00:06,000 --> 00:00:08,000
MODERATOR: The last
question.

5
00:00:08,000 --> 00:00:09,000
MODERATOR: Please.
"""
VTT = """\
WEBVTT - An event
Language: en

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start position:0%
<v.loud Mark Rutte>Thank <i>you</i> &amp; <c.red>all</c>.</v>

00:00:03.000 --> 00:00:04.000
<v Rosa Balfour>One.</v>
<v Mark Rutte>Two &lt;three&gt;.</v>

00:00:05.000 --> 00:00:06.000
<v Mark Rutte>And <00:00:05.500><c>more</c>.
"""
ROLLING = """\
WEBVTT

00:00.000 --> 00:02.000
we are not ready

00:02.000 --> 00:04.000
we are not ready
for what is coming

00:04.000 --> 00:06.000
for what is coming
our way
"""
ASS = """\
[Script Info]
Title: An event
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.00,Default,Mark Rutte,0,0,0,,Thank {\\i1}you{\\i0}\\Nall, very\\hmuch.
Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a remark
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}
Dialogue: 0,0:00:05.00,0:00:06.00,Default,Rosa Balfour,0,0,0,,Please, take a seat.
"""
TTML = """\
<?xml version="1.0" encoding="utf-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="de-AT">
<head><metadata><ttm:title>Eine Rede</ttm:title>
<ttm:agent xml:id="a1" type="person"><ttm:name type="full">Ilse Brandhorst</ttm:name></ttm:agent></metadata></head>
<body><div>
<p begin="1s" end="2s" ttm:agent="a1">Guten <span>Morgen</span>,<br/>meine   Damen
und Herren!</p>
<p begin="2s" end="3s"><metadata><ttm:desc>none</ttm:desc></metadata>Danke &amp; Ende.</p>
</div></body></tt>
"""
WHISPER = {
    "text": " Thank you. Please.",
    "segments": [
        {"id": 0, "start": 0.0, "end": 1.0, "text": " Thank you.", "words": [{"word": " Thank"}]},
        {"id": 1, "start": 1.0, "end": 2.0, "text": " Please."},
    ],
    "language": "en",
}
WHISPERX = {
    "segments": [
        {"start": 0, "end": 1, "text": " Thank you.", "speaker": "SPEAKER_00"},
        {"start": 1, "end": 2, "text": " Please.", "speaker": "SPEAKER_01"},
    ],
    "word_segments": [{"word": "Thank"}],
}
WHISPER_CPP = {
    "result": {"language": "pl"},
    "transcription": [{"timestamps": {}, "offsets": {}, "text": " Dziękuję."}, {"text": " Proszę."}],
}
PODCAST = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Ann", "startTime": 0.0, "endTime": 1.0, "body": "Hello and welcome."},
        {"speaker": "Bob", "startTime": 1.0, "endTime": 2.0, "body": "Hello, Ann."},
    ],
}
PODCAST_OF_WORDS = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Ann", "startTime": at, "endTime": at + 1, "body": word}
        for at, word in enumerate(["Hello", "and", "welcome.", "Today", "we", "talk."])
    ],
}
OTR = {
    "text": '<p><span class="timestamp" data-timestamp="1.5">00:01</span> <b>Ann:</b> Hello &amp; welcome.</p>'
    '<p><span class="timestamp" data-timestamp="9">00:09</span> <b>Bob:</b> Hello, <i>Ann</i>.<br></p>',
    "media": "event.mp3",
    "media-time": 12.5,
}
RUTTE, BALFOUR = "Mark Rutte", "Rosa Balfour"
CASES = {
    "srt": (
        SRT,
        "srt",
        [
            (None, "Thank you very much, everyone."),
            (None, "- It is 5 < 6."),
            (None, "- Indeed!"),
            ("MODERATOR", "The last question."),
            ("MODERATOR", "Please."),
        ],
    ),
    "vtt": (
        VTT,
        "vtt",
        [(RUTTE, "Thank you & all."), (BALFOUR, "One."), (RUTTE, "Two <three>."), (RUTTE, "And more.")],
    ),
    "rolling captions": (
        ROLLING,
        "vtt",
        [(None, "we are not ready"), (None, "for what is coming"), (None, "our way")],
    ),
    "ass": (ASS, "ass", [(RUTTE, "Thank you all, very much."), (BALFOUR, "Please, take a seat.")]),
    "ttml": (
        TTML,
        "ttml",
        [("Ilse Brandhorst", "Guten Morgen, meine Damen und Herren!"), (None, "Danke & Ende.")],
    ),
    "whisper": (json.dumps(WHISPER), "whisper", [(None, "Thank you."), (None, "Please.")]),
    "list of segments": (
        json.dumps(WHISPER["segments"]),
        "whisper",
        [(None, "Thank you."), (None, "Please.")],
    ),
    "whisperx": (
        json.dumps(WHISPERX),
        "whisper",
        [("SPEAKER_00", "Thank you."), ("SPEAKER_01", "Please.")],
    ),
    "whisper.cpp": (json.dumps(WHISPER_CPP), "whisper", [(None, "Dziękuję."), (None, "Proszę.")]),
    "text alone": (
        json.dumps({"text": "Thank you.\nPlease."}),
        "whisper",
        [(None, "Thank you."), (None, "Please.")],
    ),
    "podcast": (json.dumps(PODCAST), "podcast", [("Ann", "Hello and welcome."), ("Bob", "Hello, Ann.")]),
    "podcast of single words": (
        json.dumps(PODCAST_OF_WORDS),
        "podcast",
        [("Ann", "Hello and welcome."), ("Ann", "Today we talk.")],
    ),
    "SRT with times that are none": (
        "1\n0:0:1,0 --> 0:0:2,0\nOne.\n\n2\nx --> y\nTwo.\n\n3\n00:00:05 --> 00:00:06\nThree.\n",
        "srt",
        [(None, "One."), (None, "Two."), (None, "Three.")],
    ),
    "VTT with times that are none": (
        "WEBVTT\n\nx --> y\nOne.\n\n00:01.000 --> 00:02.000\nTwo.\n",
        "vtt",
        [(None, "One."), (None, "Two.")],
    ),
    "oTranscribe": (json.dumps(OTR), "otr", [("Ann", "Hello & welcome."), ("Bob", "Hello, Ann.")]),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("case", CASES)
def test_captions_and_json(case: str, encoding: str, tmp_path: Path) -> None:
    text, name, expected = CASES[case]
    if name == "ttml" and encoding == "utf-16":
        text = text.replace('encoding="utf-8"', 'encoding="utf-16"')
    file = tmp_path / "wrong.name"
    file.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    page = read_transcript(file)
    assert page.format == name
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == expected
    assert read_transcript(file, format=name) == page


def test_language_and_title_of_captions(tmp_path: Path) -> None:
    for text, title, language in (
        (TTML, "Eine Rede", "de"),
        (ASS, "An event", "en"),
        (json.dumps(WHISPER_CPP), None, "pl"),
    ):
        file = tmp_path / "file"
        file.write_text(text, encoding="utf-8")
        page = read_transcript(file)
        assert (page.title, page.language) == (title, language)


ENTITIES = """<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY a "{inner}">]><tt><body><div><p>&a;</p></div></body></tt>"""
REFUSED = {
    "an external entity": (
        '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY a SYSTEM "file:///etc/passwd">]><tt><p>&a;</p></tt>',
        None,
        "refused",
    ),
    "a billion laughs": (ENTITIES.format(inner="&a;" * 10), "ttml", "refused"),
    "broken XML": ("<tt><body><p>x</body></tt>", "ttml", "not XML"),
    "TTML without text": ("<tt><body><div><p begin='1s'> </p></div></body></tt>", None, "no captions"),
    "SRT without cues": ("Hello.\n\nHello again.\n", "srt", "no captions"),
    "VTT without a head": ("Hello.\n", "vtt", "damaged"),
    "VTT without cues": ("WEBVTT\n\n", None, "no captions"),
    "ASS without dialogue": ("[Script Info]\nTitle: x\n", None, "no captions"),
    "broken JSON": ('{"segments": [', "whisper", "damaged JSON"),
    "JSON that ends too soon": ('{"segments": [{"text": "Hello', None, "damaged JSON"),
    "a list that ends too soon": ('[\n {"text": "Hello', None, "damaged JSON"),
    "deep JSON": ("[" * 100_000, "podcast", "damaged JSON"),
    "other JSON": ('{"a": {"b": [1, 2]}}', None, "no transcript"),
    "JSON of other types": ('{"segments": "none", "text": 5}', None, "no transcript"),
    "podcast without a body": ('{"segments": [{"body": " "}]}', None, "no podcast transcript"),
    "oTranscribe without text": ('{"text": "", "media": "x"}', None, "no oTranscribe file"),
    "unknown format": ("Hello.", "pages", "there is no format 'pages'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    text, name, why = REFUSED[case]
    file = tmp_path / "captions"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TranscriptError) as error:
        read_transcript(file, format=name)
    assert why in str(error.value)
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")


def test_half_surrogate_pairs_in_json_are_replaced(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_text('{"segments": [{"text": "So \\ud83d\\ude00 and \\ud83d."}]}')
    (line,) = [line.text for _, line in read_transcript(file).spoken_lines()]
    assert line == "So \U0001f600 and \ufffd."
