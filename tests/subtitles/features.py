"""Caption files of each feature of a format, and what we read of them: to be compared with the readers of others."""

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS

Row = tuple[int, int, tuple[str, ...]]
"""A caption: when it comes and goes, milliseconds, and its lines."""


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())


def ours(format: str, data: bytes) -> list[Row] | None:
    """The captions as we read them; None where we refuse the file."""
    read = FORMATS[format].read
    assert read is not None
    try:
        return [
            (cue.span.start, cue.span.end, lines_of("\n".join(cue.lines)))
            for cue in read(data).cues
            if cue.lines
        ]
    except SubtitleError:
        return None


def vtt(*blocks: str, head: str = "WEBVTT") -> bytes:
    return ("\n\n".join((head, *blocks)) + "\n").encode()


TIMES = "00:01.000 --> 00:03.000"
VTT: dict[str, bytes] = {
    "plain": vtt(f"{TIMES}\nOne\ntwo"),
    "hours": vtt("123:00:01.000 --> 123:00:03.000\nLate"),
    "identifier": vtt(f"opening\n{TIMES}\nOne"),
    "settings": vtt(f"{TIMES} line:10% position:20%,line-left align:start size:50%\nOne"),
    "voice": vtt(f"{TIMES}\n<v Anna Reed>One</v>"),
    "voice with a class": vtt(f"{TIMES}\n<v.loud Anna>One"),
    "two voices": vtt(f"{TIMES}\n<v Anna>One</v>\n<v Ben>two</v>"),
    "italics": vtt(f"{TIMES}\n<i>One</i> <b>two</b> <u>three</u>"),
    "class": vtt(f"{TIMES}\n<c.yellow.big>One</c>"),
    "language": vtt(f"{TIMES}\n<lang fr>Un</lang>"),
    "ruby": vtt(f"{TIMES}\n<ruby>漢<rt>かん</rt></ruby>"),
    "word by word": vtt(f"{TIMES}\nOne <00:02.000>two"),
    "entities": vtt(f"{TIMES}\n1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;x&quot;"),
    "spaces": vtt(f"{TIMES}\nOne&nbsp;two"),
    "marks of direction": vtt(f"{TIMES}\n&lrm;One&rlm;"),
    "numbers of characters": vtt(f"{TIMES}\n&#65;&#x42;"),
    "an entity of HTML": vtt(f"{TIMES}\ncaf&eacute;"),
    "an unknown entity": vtt(f"{TIMES}\nR&D;"),
    "less than": vtt(f"{TIMES}\na <3 b"),
    "an unclosed tag": vtt(f"{TIMES}\n<i>One"),
    "an unknown tag": vtt(f"{TIMES}\n<font color=red>One</font>"),
    "note": vtt(f"{TIMES}\nOne", "NOTE not shown\nat all", "00:04.000 --> 00:05.000\nTwo"),
    "style": vtt("STYLE\n::cue(.a) { color: red }", f"{TIMES}\nOne"),
    "region": vtt("REGION\nid:a\nwidth:40%", f"{TIMES} region:a\nOne"),
    "head": vtt(f"{TIMES}\nOne", head="WEBVTT - The ferry\nKind: captions\nLanguage: en"),
    "byte order mark": b"\xef\xbb\xbf" + vtt(f"{TIMES}\nOne"),
    "CR LF": vtt(f"{TIMES}\nOne\ntwo").replace(b"\n", b"\r\n"),
    "CR": vtt(f"{TIMES}\nOne\ntwo").replace(b"\n", b"\r"),
    "tabs around the arrow": vtt("00:01.000\t-->\t00:03.000\nOne"),
    "no blanks around the arrow": vtt("00:01.000-->00:03.000\nOne"),
    "commas in times": vtt("00:00:01,000 --> 00:00:03,000\nOne"),
    "no text": vtt(f"{TIMES}", "00:04.000 --> 00:05.000\nTwo"),
    "no blank line": (f"WEBVTT\n{TIMES}\nOne\n00:04.000 --> 00:05.000\nTwo\n").encode(),
    "back in time": vtt("00:05.000 --> 00:06.000\nTwo", f"{TIMES}\nOne"),
    "at the same time": vtt(f"{TIMES}\nOne", f"{TIMES} line:0\nTwo"),
    "an end before the start": vtt("00:03.000 --> 00:01.000\nOne"),
    "no first line": f"{TIMES}\nOne\n".encode(),
    "many blank lines": vtt(f"\n\n{TIMES}\nOne\n\n\n"),
}


def srt(*blocks: str) -> bytes:
    return ("\n\n".join(blocks) + "\n").encode()


FIRST = "1\n00:00:01,000 --> 00:00:03,000\n"
SECOND = "2\n00:00:04,000 --> 00:00:05,000\nTwo"
SRT: dict[str, bytes] = {
    "plain": srt(FIRST + "One\ntwo", SECOND),
    "italics": srt(FIRST + "<i>One</i> <b>two</b>"),
    "font": srt(FIRST + '<font color="#ff0">One</font>'),
    "override": srt(FIRST + r"{\an8}One"),
    "coordinates": srt("1\n00:00:01,000 --> 00:00:03,000 X1:10 X2:20 Y1:30 Y2:40\nOne"),
    "points": srt("1\n00:00:01.000 --> 00:00:03.000\nOne"),
    "colons": srt("1\n00:00:01:000 --> 00:00:03:000\nOne"),
    "blank in time": srt("1\n00:00:01, 000 --> 00:00:03, 000\nOne"),
    "short": srt("1\n0:0:1,0 --> 0:0:3,5\nOne"),
    "no number": srt("00:00:01,000 --> 00:00:03,000\nOne", SECOND),
    "wrong number": srt("7\n00:00:01,000 --> 00:00:03,000\nOne", SECOND),
    "no blank line": (FIRST + "One\n" + SECOND + "\n").encode(),
    "blank inside": srt(FIRST + "One\n\ntwo", SECOND),
    "bom": b"\xef\xbb\xbf" + srt(FIRST + "One"),
    "crlf": srt(FIRST + "One\ntwo").replace(b"\n", b"\r\n"),
    "cr": srt(FIRST + "One\ntwo").replace(b"\n", b"\r"),
    "number as text": srt(FIRST + "2024", SECOND),
    "arrow in text": srt(FIRST + "a --> b", SECOND),
    "less": srt(FIRST + "a <3 b & c"),
    "entities": srt(FIRST + "1 &lt; 2"),
    "empty": srt(FIRST.strip(), SECOND),
    "tabs": srt("1\n00:00:01,000\t-->\t00:00:03,000\nOne"),
    "hours": srt("1\n123:00:01,000 --> 123:00:03,000\nOne"),
    "back": srt(SECOND, FIRST + "One"),
    "unclosed": srt(FIRST + "<i>One"),
}


def tt(body: str, attributes: str = "") -> bytes:
    return (
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
        f'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="en" {attributes}>'
        '<head><layout><region xml:id="r"/></layout></head>'
        f'<body region="r"><div>{body}</div></body></tt>'
    ).encode()


TTML: dict[str, bytes] = {
    "plain": tt('<p begin="1s" end="3s">One<br/>two</p>'),
    "clock": tt('<p begin="00:00:01.5" end="00:00:03.25">One</p>'),
    "frames": tt('<p begin="00:00:01:12" end="00:00:03:00">One</p>', 'ttp:frameRate="24"'),
    "multiplier": tt(
        '<p begin="24f" end="48f">One</p>', 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"'
    ),
    "ticks": tt('<p begin="10t" end="30t">One</p>', 'ttp:tickRate="10"'),
    "units": tt('<p begin="1000ms" end="0.05m">One</p>'),
    "dur": tt('<p begin="1s" dur="2s">One</p>'),
    "no end": tt('<p begin="1s">One</p>'),
    "nested": tt('<p begin="1s" end="3s">One</p>').replace(b"<div>", b'<div begin="10s" end="12s">'),
    "spans": tt(
        '<p begin="1s" end="9s"><span begin="0s" end="3s">First half,</span> '
        '<span begin="3s" end="8s">second half.</span></p>'
    ),
    "words": tt('<p begin="1s" end="3s"><span begin="0s">One</span> <span begin="1s">two</span></p>'),
    "blanks": tt('<p begin="1s" end="3s">  One \n  two  </p>'),
    "preserve": tt('<p begin="1s" end="3s" xml:space="preserve">One  two</p>'),
    "entity": tt('<p begin="1s" end="3s">a &lt; b &amp; c &#233;</p>'),
    "cdata": tt('<p begin="1s" end="3s"><![CDATA[a < b]]></p>'),
    "comment": tt('<p begin="1s" end="3s">One<!-- no --> two</p>'),
    "metadata": tt('<p begin="1s" end="3s"><metadata>no</metadata>One</p>'),
    "ruby": tt(
        '<p begin="1s" end="3s"><span tts:ruby="container"><span tts:ruby="base">漢</span>'
        '<span tts:ruby="text">かん</span></span></p>'
    ),
    "hidden": tt('<p begin="1s" end="3s" tts:display="none">One</p><p begin="4s" end="5s">Two</p>'),
    "invisible": tt('<p begin="1s" end="3s" tts:visibility="hidden">One</p><p begin="4s" end="5s">Two</p>'),
    "italics": tt('<p begin="1s" end="3s"><span tts:fontStyle="italic">One</span></p>'),
    "same time": tt('<p begin="1s" end="3s">One</p><p begin="1s" end="3s">two</p>'),
    "seq": tt('<p dur="1s">One</p><p dur="2s">two</p>').replace(b"<div>", b'<div timeContainer="seq">'),
    "two divs": tt('<p begin="1s" end="2s">One</p></div><div><p begin="3s" end="4s">two</p>'),
    "lines of p": tt('<p begin="1s" end="3s"><span>One</span><br/><br/><span>two</span></p>'),
    "region time": tt('<p begin="1s" end="3s">One</p>').replace(
        b'<region xml:id="r"/>', b'<region xml:id="r" begin="1s" end="2s"/>'
    ),
}

FILES = {"vtt": VTT, "srt": SRT, "ttml": TTML}
