"""Captions from one format into another: what moves, what stays, and what is said to be lost."""

import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.app.jobs.convert import ConvertRequest, convert_file
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.convert import losses, moved
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, ass, srt, ttml, vtt
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.read import read_captions

MARKED = Cue(
    TimeSpan(5000, 9000), None, ("The Seagull", "sails."), marked=("The <i>Seagull</i>", "<b>sails</b>.")
)
TOP = Cue(TimeSpan(10_000, 12_000), None, ("HARBOUR OFFICE",), settings="line:0")
SAID = Cue(TimeSpan(13_000, 15_000), "Anna", ("Come in.",))
MADE = Captions((MARKED, TOP, SAID))
WITH_MARKS = ("srt", "vtt", "ttml", "ebu-tt-d", "itt", "ass")


def read_back(format: str, captions: Captions) -> Captions:
    read = FORMATS[format].read
    assert read is not None
    return read(FORMATS[format].write(captions))


@pytest.mark.parametrize("format", WITH_MARKS)
def test_italics_and_the_top_survive(format: str) -> None:
    found = read_back(format, MADE).cues
    assert found[0].marked == MARKED.marked
    assert found[0].lines == MARKED.lines
    assert [cue.at_top for cue in found] == [False, True, False]


def test_italics_of_ass_and_of_ttml_styles() -> None:
    ass = (
        rb"[Events]"
        + b"\n"
        + rb"Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,The {\i1}Seagull{\i0}\Nsails."
        + b"\n"
    )
    read = FORMATS["ass"].read
    assert read is not None
    assert read(ass).cues[0].marked == ("The <i>Seagull</i>", "sails.")
    ttml = (
        b"<tt xmlns='http://www.w3.org/ns/ttml' xmlns:tts='http://www.w3.org/ns/ttml#styling'><head><styling>"
        b"<style xml:id='it' tts:fontStyle='italic'/></styling></head><body><div>"
        b"<p begin='1s' end='2s'>The <span style='it'>Seagull</span><br/>sails.</p></div></body></tt>"
    )
    read = FORMATS["ttml"].read
    assert read is not None
    assert read(ttml).cues[0].marked == ("The <i>Seagull</i>", "sails.")


READ = sorted(name for name, form in FORMATS.items() if form.read is not None)


@pytest.mark.parametrize("format", [name for name in READ if name != "ctm"])
def test_every_format_becomes_every_other(tmp_path: Path, format: str) -> None:
    source = tmp_path / f"a{FORMATS[format].extension}"
    source.write_bytes(FORMATS[format].write(MADE))
    before, _ = read_captions(source)
    for name in READ:
        target = tmp_path / f"b{FORMATS[name].extension}"
        request = ConvertRequest(source, target, name)
        if name == "ctm":
            with pytest.raises(SubtitleError, match="only an alignment has"):
                convert_file(request)
            continue
        convert_file(request)
        read = FORMATS[name].read
        assert read is not None
        words = [
            " ".join(" ".join(cue.lines) for cue in made.cues) for made in (before, read(target.read_bytes()))
        ]
        assert words[1].split() == words[0].split()


def test_what_a_format_cannot_hold_is_said() -> None:
    assert losses(MADE, "vtt") == ()
    assert losses(MADE, "srt") == ("the speaker's name (1 caption)",)
    assert losses(MADE, "json") == (
        "italics, bold or underlining (1 caption)",
        "a place at the top of the picture (1 caption)",
    )
    both = Captions((SAID, Cue(TimeSpan(14_001, 16_000), None, ("Yes.",))), head="NOTE x")
    assert losses(both, "lrc") == (
        "the speaker's name (1 caption)",
        "the STYLE, REGION and NOTE blocks of the head",
        "captions at the same time (1): players show them one after the other, or in a row",
        "times to the millisecond: they are rounded",
    )


def test_in_the_same_format_only_the_times_change(tmp_path: Path) -> None:
    source, target = tmp_path / "a.vtt", tmp_path / "b.vtt"
    source.write_text("WEBVTT\n\nNOTE x\n\none\n00:01.000 --> 00:02.000 line:3\n<c.red>Come in.</c>\n")
    made = convert_file(ConvertRequest(source, target, shift=1500))
    assert made.lost == ()
    assert target.read_text() == source.read_text().replace("01.000", "02.500").replace("02.000", "03.500")


@given(st.integers(0, 10_000_000), st.integers(1, 10_000), st.integers(0, 5000))
def test_rates_there_and_back(start: int, stays: int, shift: int) -> None:
    made = Captions((Cue(TimeSpan(start, start + stays), None, ("x",)),))
    faster = Fraction(25) / Fraction(24000, 1001)
    there = moved(made, shift, faster)
    assert abs(there.cues[0].span.start - (start * faster + shift)) <= 1
    back = moved(moved(there, -shift), 0, 1 / faster)
    assert abs(back.cues[0].span.start - start) <= 1
    assert abs(back.cues[0].span.end - start - stays) <= 1


def test_no_caption_is_moved_out_of_the_recording() -> None:
    with pytest.raises(
        SubtitleError, match=r"caption 1, 'The Seagull sails\.', would end before the beginning"
    ):
        moved(MADE, -9000)
    assert moved(MADE, -6000).cues[0].span == TimeSpan(0, 3000)


def test_the_command(command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    source = tmp_path / "a.vtt"
    source.write_bytes(FORMATS["vtt"].write(MADE))
    done = command(
        "convert", source, tmp_path / "b.srt", "--from-rate", "25", "--to-rate", "50", "--shift", "1"
    )
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'b.srt'}\n"), done.stderr
    assert done.stderr == "lost: SubRip cannot hold the speaker's name (1 caption)\n"
    assert read_captions(tmp_path / "b.srt")[0].cues[0].span == TimeSpan(3500, 5500)
    assert json.loads(command("convert", source, tmp_path / "b.srt", "--json").stdout)["captions"] == 3
    assert command("convert", source, tmp_path / "b.srt", "--from-rate", "25").returncode == 2
    assert command("convert", source, source).returncode == 1
    assert command("convert", source, tmp_path / "b.nothing").returncode == 1


RUBY = """WEBVTT

00:01.000 --> 00:03.000
<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>の<i>本</i>

00:04.000 --> 00:06.000
<v Anna>Where to?
<v Ben>Home.
"""


def test_ruby_goes_where_it_can_be_shown_and_is_no_part_of_the_words() -> None:
    captions = vtt.read(RUBY.encode())
    assert captions.cues[0].lines == ("漢字の本",)
    assert RUBY.split("\n")[3] in vtt.write(captions).decode()
    imsc = ttml.write_imsc(captions)
    assert b'ruby="container"' in imsc
    again = ttml.read(imsc).cues[0]
    assert again.lines == captions.cues[0].lines
    assert again.marked == ("<ruby>漢<rt>かん</rt></ruby><ruby>字<rt>じ</rt></ruby>の<i>本</i>",)
    assert "漢字の<i>本</i>" in srt.write(captions).decode()
    assert r"漢字の{\i1}本{\i0}" in ass.write(captions).decode()
    for format, lost in (("vtt", False), ("ttml", False), ("srt", True), ("ass", True), ("ebu-tt-d", True)):
        assert any("ruby" in what for what in losses(captions, format)) == lost


def test_styles_of_ttml_may_say_what_is_ruby() -> None:
    data = ttml.write_imsc(vtt.read(RUBY.encode()))
    for part in ("container", "base", "text"):
        style = f'<style xml:id="ruby-{part}" tts:ruby="{part}"/></styling>'.encode()
        data = data.replace(f'tts:ruby="{part}"'.encode(), f'style="ruby-{part}"'.encode())
        data = data.replace(b"</styling>", style).replace(
            b'style="ruby-container" style="text"', b'style="ruby-container"'
        )
    assert ttml.read(data).cues[0].marked[0].startswith("<ruby>漢<rt>かん</rt></ruby>")


def test_two_voices_in_a_caption_keep_their_lines_and_are_named_as_lost_elsewhere() -> None:
    captions = vtt.read(RUBY.encode())
    assert captions.cues[1].voices == ("Anna", "Ben")
    assert "<v Anna>Where to?</v>\n<v Ben>Home.</v>" in vtt.write(captions).decode()
    assert vtt.read(vtt.write(captions)).cues == captions.cues
    assert "the names of several speakers in one caption (1 caption)" in losses(captions, "ttml")


def test_frames_of_an_older_format_at_a_rate_that_is_said(
    command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    source = tmp_path / "a.sub"
    source.write_text("{25}{50}The quay\n{75}{75}\n")
    done = command("convert", source, tmp_path / "b.srt")
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not state their rate: say that of its video, such as --frame-rate 25" in done.stderr
    for rates, times in (
        (("--from-rate", "25"), (1000, 2000)),
        (("--frame-rate", "50"), (500, 1000)),
        (("--from-rate", "25", "--to-rate", "50"), (500, 1000)),
    ):
        done = command("convert", source, tmp_path / "b.srt", *rates)
        assert done.returncode == 0, done.stderr
        cue = read_captions(tmp_path / "b.srt")[0].cues[0]
        assert (cue.span.start, cue.span.end, cue.lines) == (*times, ("The quay",))
    assert command("convert", source, tmp_path / "b.sub", "--from-rate", "25").returncode == 1
    done = command("check", source, "--frame-rate", "25", "--fix")
    assert "MicroDVD can be read but not written): write another file with -o FILE" in done.stderr
    assert source.read_text() == "{25}{50}The quay\n{75}{75}\n"


def test_words_that_look_like_tags_are_not_lost_for_italics(tmp_path: Path) -> None:
    source = tmp_path / "a.vtt"
    source.write_text("WEBVTT\n\n00:01.000 --> 00:03.000\nThe tag &lt;b&gt; is <i>bold</i>\n")
    for name in ("b.ttml", "b.srt", "b.ass"):
        convert_file(ConvertRequest(source, tmp_path / name))
    assert read_captions(tmp_path / "b.ttml")[0].cues[0].lines == ("The tag <b> is bold",)
    assert read_captions(source)[0].cues[0].lines == ("The tag <b> is bold",)
