"""What is heard beside speech is told in its own time, as the style writes it; who speaks too."""

from dataclasses import replace

import pytest
from test_cues import alignment, line, said

from asdelivered.align.document.alignment import Alignment, Sound, SoundKind
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.cueing.sounds import sound_text
from asdelivered.subtitles.cues import Labels, cues, label_of
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.style import Style
from asdelivered.subtitles.style_file import named_style
from asdelivered.subtitles.write import labels_for


def heard(event: Alignment, kind: SoundKind, span: TimeSpan) -> Alignment:
    return replace(event, sounds=(Sound(kind, span),))


BBC, DCMP, NETFLIX, ARD = (named_style(name) for name in ("bbc", "dcmp", "netflix", "ard"))


def test_applause_fills_a_pause_of_the_speech() -> None:
    event = alignment(line(said("Thank you all.", 1_000)), line(said("Good morning.", 9_000), turn="2"))
    made = cues(heard(event, SoundKind.APPLAUSE, TimeSpan(2_200, 8_500)), BBC, labels=Labels.SOUNDS)
    assert [cue.lines for cue in made] == [("Thank you all.",), ("APPLAUSE",), ("Good morning.",)]
    assert made[1].span.start == made[0].span.end
    assert made[1].span.duration == 3_000
    assert made[1].speaker is None


def test_a_sound_under_speech_is_not_told() -> None:
    event = alignment(line(said("Thank you all, and good morning to you.", 1_000)))
    made = cues(heard(event, SoundKind.MUSIC, TimeSpan(1_200, 2_900)), BBC, labels=Labels.SOUNDS)
    assert len(made) == 1


def test_without_labels_there_are_none() -> None:
    event = alignment(line(said("Thank you. [applause]", 1_000)))
    made = cues(heard(event, SoundKind.MUSIC, TimeSpan(5_000, 9_000)), BBC)
    assert [cue.text for cue in made] == ["Thank you. [applause]"]


@pytest.mark.parametrize(
    ("style", "shown"),
    [(BBC, "Thank you. APPLAUSE"), (NETFLIX, "Thank you. [applause]"), (DCMP, "Thank you. [applause]")],
)
def test_applause_in_the_transcript_is_written_by_the_style(style: object, shown: str) -> None:
    event = alignment(line([*said("Thank you.", 1_000), ("[Applause]", None, None)]))
    (cue,) = cues(event, style, labels=Labels.SOUNDS)  # type: ignore[arg-type]
    assert cue.text == shown


def test_the_transcript_tells_the_source_of_a_sound_and_no_second_label_follows() -> None:
    words = [*said("Thank you.", 1_000), ("[Applause", None, None), ("from", None, None)]
    words += [("the", None, None), ("Labour", None, None), ("benches]", None, None)]
    event = heard(alignment(line(words)), SoundKind.APPLAUSE, TimeSpan(2_500, 9_000))
    (cue,) = cues(event, NETFLIX, labels=Labels.SOUNDS)
    assert cue.text == "Thank you.\n[applause from the Labour benches]"


@pytest.mark.parametrize("speakers", [None, True, False])
@pytest.mark.parametrize("sounds", [None, True, False])
def test_each_label_can_be_asked_for_and_left_out(speakers: bool | None, sounds: bool | None) -> None:
    def asked(style: Style, form: str) -> Labels:
        return labels_for(style, FORMATS[form], speakers, sounds)

    heard = Labels.SOUNDS if (speakers is not False if sounds is None else sounds) else Labels.NONE
    nobody, all_names, needed = Labels.NONE, Labels.NAMES, Labels.NEEDED
    named = {None: (nobody, needed, all_names), True: (all_names, needed, all_names), False: (nobody,) * 3}
    made = (asked(NETFLIX, "vtt"), asked(BBC, "vtt"), asked(BBC, "srt"))
    assert made == tuple(names | heard for names in named[speakers])


def test_other_brackets_are_the_transcripts_own() -> None:
    event = alignment(
        line([*said("We met Mr.", 1_000), ("[inaudible],", None, None), *said("(we think).", 2_500)])
    )
    (cue,) = cues(event, BBC, labels=Labels.SOUNDS)
    assert " ".join(cue.text.split()) == "We met Mr. [inaudible], (we think)."


def test_sounds_have_names_in_other_languages() -> None:
    assert sound_text("applause", "de", ARD) == "* Applaus *"
    assert sound_text("music", "fr-FR", BBC) == "MUSIQUE"
    assert sound_text("siren", "de", BBC) == "SIREN"


@pytest.mark.parametrize(
    ("speaker", "label"),
    [
        ("James", "JAMES:"),
        ("NATO Secretary General Mark Rutte", "MARK RUTTE:"),
        ("Rosa Balfour, Director Carnegie Europe", "ROSA BALFOUR:"),
        ("Question from the audience", "QUESTION:"),
        ("President of the European Commission", "PRESIDENT:"),
        ("Jean-Pierre  Raffarin", "JEAN-PIERRE RAFFARIN:"),
        (None, ""),
        (" ", ""),
    ],
)
def test_labels_are_short(speaker: str | None, label: str) -> None:
    assert label_of(speaker, BBC) == label


def test_a_label_where_the_speaker_changes_and_nowhere_else() -> None:
    event = alignment(
        line(said("Thank you. It is good to be here today.", 0), "A", "1"),
        line(said("We have come a long way since then.", 8_000), "A", "2"),
        line(said("So we have.", 14_000), "B", "3"),
    )
    made = cues(event, DCMP, labels=Labels.ALL)
    assert [cue.label for cue in made if cue.label] == ["(A)", "(B)"]
    assert all(len(line) <= 32 for cue in made for line in cue.shown)
    assert all(not cue.label for cue in cues(event, DCMP))


def test_a_label_that_leaves_no_time_to_read_goes() -> None:
    event = alignment(
        line(said("Yes.", 0, each=900), "A", "1"),
        line(said("Certainly not.", 1_000, each=450), "Bartholomew Featherstone", "2"),
        line(said("Oh.", 1_900, each=900), "A", "3"),
    )
    style = replace(NETFLIX, dialogue="")
    made = cues(event, style, labels=Labels.ALL)
    assert [cue.lines for cue in made] == [("Yes.",), ("Certainly not.",), ("Oh.",)]
    assert made[1].label == ""
    assert check(made, style) == ()


def test_two_who_cut_each_other_short_share_a_cue_in_a_style_that_has_dashes() -> None:
    event = alignment(
        line(said("Are you?", 0, each=100), "A", "1"), line(said("I am.", 300, each=400), "B", "2")
    )
    (cue,) = cues(event, NETFLIX, labels=Labels.SOUNDS)
    assert cue.lines == ("-Are you?", "-I am.")
    assert cue.speaker is None
    assert len(cues(event, DCMP, labels=Labels.SOUNDS)) == 2
    assert len(cues(event, NETFLIX)) == 2
