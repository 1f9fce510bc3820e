"""What a page leaves in doubt is settled by what is heard: the bundled recording, with a page of another make."""

import pytest

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Alignment, Settled, Status
from asdelivered.align.document.coverage import account
from asdelivered.align.lines import settle, write_lines
from asdelivered.align.realignment import align_again
from asdelivered.align.script import write_script
from asdelivered.align.values.timed_token import unspoken
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording
from asdelivered.review.doubt import doubt_of, usual_rates
from asdelivered.subtitles.cues import captions_of
from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import parse_transcript, read_transcript

SAID = "They worked at night, in the rain, with the tide against them. Today I can tell you what comes next."
UNSAID = "Commissioner Anna Reed speaks to fishermen beside the old customs house on a cold Saturday morning."
PAGE = f"""
<h1>The Harbour Stays Open</h1><p>3 October 2026</p>
<p>Thank you, Daniel, and thanks to all of you for coming out in this weather. Good morning, everyone!</p>
<p><b>Commissioner Anna Reed:</b> I’ll be honest: last winter was hard on this harbour.</p>
<p>Three storms in five weeks</p>
<p>The old north pier lost almost 40% of its stone. And for eleven days – not one ferry sailed.</p>
<p>The pier and its keepers</p>
<p>But we did not wait for spring. Our crews cleared the channel in nine days.</p>
<figure><img src="a.jpg"><figcaption>{SAID}</figcaption></figure>
<p>First, we will rebuild the north pier, higher and wider than before. It will cost $24 million over three years.</p>
<figure><img src="b.jpg"><figcaption>{UNSAID}</figcaption></figure>
<p>That is a lot of money. It is also less than half of what we would lose if we did nothing.</p>
<p>Second, from March 2027 the night ferry returns, with 7 to 8 crossings a week.
And third, every fishing boat keeps its place. Every one of them.</p>
<p>This harbour has stood here since 1842. It has been rebuilt before, and we can do it again. Thank you very much.</p>
<p>Daniel Moss: thank you, Commissioner. We have time for two questions.</p>
<p>The gentleman in the second row, please.</p>
<p><b>Question:</b> Good morning. My name is [inaudible] and I run the boat shop on</p>
<p>Quay Street: will the road to the pier stay open while you build? My customers can't swim.</p>
<p><b>Commissioner Anna Reed:</b> No, they can’t, and we won't ask them to.
The road stays open on weekdays from 6 in the morning.</p>
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Transcript:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(f"<html lang='en'><body><main>{PAGE}</main></body></html>", encoding="utf-8")
    return read_transcript(path)


@pytest.fixture(scope="module")
def alignment(page: Transcript, harbour_sound: Recording) -> Alignment:
    return align(page, harbour_sound, 2)


def test_what_was_heard_is_speech_and_what_was_not_is_none(alignment: Alignment) -> None:
    settled = {line.text: line.settled for line in alignment.lines if line.settled}
    assert settled == {
        "Thank you, Daniel, and thanks to all of you for coming out in this weather. Good morning, everyone!": "spoken",
        "Three storms in five weeks": "spoken",
        "The pier and its keepers": "unspoken",
        SAID: "spoken",
        UNSAID: "unspoken",
        "Daniel Moss: thank you, Commissioner. We have time for two questions.": "label",
        "Quay Street: will the road to the pier stay open while you build? My customers can't swim.": "spoken",
    }
    for line in alignment.lines:
        assert (line.span is None) == (line.settled is Settled.UNSPOKEN), line.text


def test_a_name_that_was_not_heard_is_the_speaker_to_the_end_of_the_turn(alignment: Alignment) -> None:
    speakers = {line.text.split()[0]: line.speaker for line in alignment.lines}
    assert (speakers["Daniel"], speakers["The"], speakers["Quay"]) == ("Daniel Moss",) * 2 + ("Question",)
    (line,) = [line for line in alignment.lines if line.settled is Settled.LABEL]
    assert [word.status for word in line.words] == [Status.UNSPOKEN] * 2 + [Status.MATCHED] * 9
    assert line.status is Status.MATCHED


def test_what_was_not_heard_and_was_in_doubt_is_not_missing(alignment: Alignment) -> None:
    assert account(alignment).text == 0
    unheard = [line for line in alignment.lines if line.settled in (Settled.UNSPOKEN, Settled.LABEL)]
    rates = usual_rates(alignment.lines)
    reasons = [reason for line in unheard for reason in doubt_of(line, rates).reasons]
    assert not [reason for reason in reasons if "not heard" in reason]


def test_captions_have_what_was_heard(alignment: Alignment) -> None:
    shown = " ".join(line for cue in captions_of(alignment).cues for line in cue.lines)
    assert "They worked at night" in shown
    assert "Quay Street:" in shown
    for text in ("fishermen beside", "its keepers", "Daniel Moss"):
        assert text not in shown


@pytest.mark.parametrize(
    ("heard", "settled", "speaker"),
    [(True, "spoken", "ANNA REED"), (False, "unspoken", "Question")],
)
def test_a_label_that_was_heard_is_speech_of_the_one_before(heard: bool, settled: str, speaker: str) -> None:
    text = "ANNA REED: Welcome.\n\nTOM HALE: Thank you.\n\nANNA REED: We begin.\n\nQuestion: is it open?\n"
    script = write_script(parse_transcript(text, path="", sha256="", language="en"))
    label = [number for number, (_, line) in enumerate(script.lines) if line.kind is LineKind.SPEAKER]
    said = {
        number: TimeSpan(number, number + 1)
        for number in range(len(script.lines))
        if heard or number not in label
    }
    lines = settle(write_lines(script, [unspoken(token) for token in script.tokens], said), script)
    assert [(line.text, line.settled) for line in lines][3:] == [
        ("Question:", settled),
        ("is it open?", None),
    ]
    assert lines[-1].speaker == speaker


def test_what_was_settled_stays_so_where_nothing_changed(
    alignment: Alignment, page: Transcript, harbour_sound: Recording
) -> None:
    again = align_again(alignment, page, harbour_sound, (), 1, Observer())
    assert again.lines == alignment.lines
