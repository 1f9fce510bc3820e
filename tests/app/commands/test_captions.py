"""`captions` and `check` as users run them."""

import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

GOLDEN = Path(__file__).parents[2] / "subtitles" / "goldens" / "sample.alignment.json"
SRT = "1\n00:00:01,000 --> 00:00:01,400\nThis was said.\n\n2\n00:00:01,600 --> 00:00:04,000\nSo was this.\n"


@pytest.fixture
def event(tmp_path: Path) -> Path:
    path = tmp_path / "sample.alignment.json"
    path.write_bytes(GOLDEN.read_bytes())
    return path


def test_captions_in_a_style_and_several_formats(command: Command, event: Path, tmp_path: Path) -> None:
    done = command(
        "captions", event, "--style", "bbc", "--format", "srt,vtt,ttml,html", "-o", tmp_path / "out"
    )
    assert done.returncode == 0, done.stderr
    files = [tmp_path / "out" / f"sample.{ending}" for ending in ("srt", "vtt", "ttml", "html")]
    assert done.stdout.splitlines() == list(map(str, files))
    assert all(file.stat().st_size > 100 for file in files)
    # SRT has neither voices nor colours, so it has names.
    assert "MINISTERIN JØRGENSEN:" in files[0].read_text("utf-8")
    assert "MINISTERIN JØRGENSEN:" not in files[1].read_text("utf-8")
    assert "<v Ministerin Jørgensen>" in files[1].read_text("utf-8")
    checked = command("check", files[0], "--style", "bbc", "--json")
    assert json.loads(checked.stdout)["errors"] == 1, checked.stdout  # the address of sixty letters
    assert checked.returncode == 1


def test_the_same_bytes_each_time_and_nothing_else(command: Command, event: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert command("captions", event, "-o", tmp_path / folder).returncode == 0
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        ".asdelivered.json",
        "sample.srt",
        "sample.vtt",
    ]
    for name in ("sample.srt", "sample.vtt"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_json_and_remarks(command: Command, event: Path, tmp_path: Path) -> None:
    done = command("captions", event, "--style", "netflix", "-o", tmp_path, "--json")
    found = json.loads(done.stdout)
    assert found["style"] == "netflix"
    assert found["errors"] >= 1
    assert "line-length" in done.stderr


def test_frames_of_a_video(command: Command, event: Path, tmp_path: Path) -> None:
    done = command("captions", event, "--format", "itt", "--frame-rate", "29.97", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'frameRateMultiplier="1000 1001"' in (tmp_path / "sample.itt").read_text("utf-8")


def test_a_list_of_shot_changes(command: Command, event: Path, tmp_path: Path) -> None:
    shots = tmp_path / "shots.txt"
    shots.write_text("# cuts\n0\n00:00:11.400\n25.2\n")
    done = command("captions", event, "--shots", shots, "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "00:00:11,400 --> " in (tmp_path / "sample.srt").read_text("utf-8")


def test_a_translation(command: Command, tmp_path: Path) -> None:
    page = tmp_path / "rede.txt"
    event = tmp_path / "speech.alignment.json"
    data = json.loads(GOLDEN.read_text("utf-8"))
    data["lines"] = [line for line in data["lines"] if line["turn"] == data["lines"][0]["turn"]][:1]
    event.write_text(json.dumps(data), "utf-8")
    page.write_text("Vielen Dank. Es ist gut, hier zu sein.\n", "utf-8")
    done = command(
        "captions", event, "--translation", page, "--language", "de", "--format", "vtt", "-o", tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "Vielen Dank." in (tmp_path / "speech.de.vtt").read_text("utf-8")


def test_a_house_style(command: Command, event: Path, tmp_path: Path) -> None:
    style = tmp_path / "house.toml"
    style.write_text('[[rule]]\nkind = "line-length"\nlimit = 20\n[[rule]]\nkind = "lines"\nlimit = 1\n')
    done = command("captions", event, "--style", style, "--format", "srt", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    blocks = (tmp_path / "sample.srt").read_text("utf-8").strip().split("\n\n")
    assert all(len(block.split("\n")) == 3 for block in blocks)


def test_the_list_of_styles_and_formats(command: Command) -> None:
    done = command("captions", "--list")
    assert done.returncode == 0
    assert "netflix" in done.stdout
    assert "ebu-tt-d" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("captions", "none.json"), 1, "none.json cannot be read: there is no such file"),
        (("captions", "EVENT", "--style", "nbc"), 1, "'nbc' is not a style: choose one of ard, bbc, "),
        (
            ("captions", "EVENT", "--format", "sub"),
            1,
            "'sub' is not a format of captions: choose one of srt, ",
        ),
        (("captions", "EVENT", "--format", ","), 2, "name at least one format"),
        (("captions", "EVENT", "--frame-rate", "fast"), 2, "give a frame rate such as 25"),
        (("captions", "EVENT", "--language", "de"), 2, "goes with --translation"),
        (("captions", "EVENT", "--translation", "EVENT"), 1, "say what language the translation is in"),
        (("captions", "EVENT", "--format", "scc"), 1, "has a line of 67 characters, and SCC holds 32"),
        (("captions", "EVENT", "--shots", "none.txt"), 1, "none.txt cannot be read: there is no such file"),
        (("captions", "EVENT", "-o", "EVENT"), 2, "is the name of a file, and this is the folder"),
        (("check", "none.srt"), 1, "none.srt cannot be read: there is no such file"),
        (("check", "EVENT"), 1, "is an alignment: make captions of it first: asdelivered captions"),
        (("check", "EVENT", "-o", "x.srt"), 2, "goes with --fix"),
    ],
)
def test_wrong_use_is_answered_in_a_sentence(
    arguments: tuple[str, ...], code: int, says: str, command: Command, event: Path
) -> None:
    done = command(*(str(event) if argument == "EVENT" else argument for argument in arguments))
    assert done.returncode == code
    assert says in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    path = tmp_path / "bad.srt"
    path.write_text(SRT)
    return path


def test_a_table_and_an_exit_code(command: Command, captions: Path) -> None:
    done = command("check", captions, COLUMNS="200")
    assert done.returncode == 1
    for part in ("min-duration", "0.400 s", "at least 5/6 s", "General Requirements, Duration", "short-gap"):
        assert part in done.stdout
    assert "2 captions, 3 errors, 0 warnings" in done.stdout


def test_reports_for_programs(command: Command, captions: Path) -> None:
    assert json.loads(command("check", captions, "--report", "sarif").stdout)["version"] == "2.1.0"
    assert ET.fromstring(command("check", captions, "--report", "junit").stdout).tag == "testsuites"
    assert json.loads(command("check", captions, "--json").stdout)["errors"] == 3


def test_mending_in_place(command: Command, captions: Path) -> None:
    before = captions.read_text()
    done = command("check", captions, "--fix", "-o", captions.with_name("good.srt"))
    assert done.returncode == 0, done.stdout
    assert captions.read_text() == before
    assert "fixed: 2 cues given new times" in done.stderr
    done = command("check", captions, "--fix")
    assert done.returncode == 0, done.stdout
    assert captions.read_text() == captions.with_name("good.srt").read_text() != before
    done = command("check", captions, "--fix")
    assert "nothing to mend" in done.stderr


def test_what_cannot_be_mended_is_said(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "fast.vtt"
    path.write_text(
        "WEBVTT\n\nNOTE keep me\n\n00:00:01.000 --> 00:00:01.500\n"
        "<v Ann>This is far too much <i>to read</i> in this time.\n\n"
        "00:00:01.600 --> 00:00:04.000\nAnd on it goes.\n"
    )
    done = command("check", path, "--fix", "--json")
    assert done.returncode == 1
    assert [found["rule"] for found in json.loads(done.stdout)["violations"]] == ["characters-per-second"]
    assert "cannot be mended without changing words" in done.stderr
    mended = path.read_text()
    assert "NOTE keep me" in mended
    assert "<v Ann>This is far too much <i>to read</i>" in mended


def test_against_the_speech(command: Command, event: Path, tmp_path: Path) -> None:
    assert command("captions", event, "--style", "plain", "-o", tmp_path).returncode == 0
    late = tmp_path / "late.srt"
    text = (tmp_path / "sample.srt").read_text("utf-8")
    late.write_text(text.replace("00:00:27,500", "00:00:28,000"), "utf-8")
    done = command("check", late, "--alignment", event, "--json")
    assert "late" in [found["rule"] for found in json.loads(done.stdout)["violations"]]


def test_a_format_that_fails_does_not_stop_the_others(command: Command, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = command("captions", event, "--style", "bbc", "--format", "scc,lrc,json", "-o", out, "--json")
    assert done.returncode == 1
    assert sorted(path.name for path in out.glob("[!.]*")) == ["sample.json", "sample.lrc"]
    found = json.loads(done.stdout)
    assert found["files"] == [str(out / "sample.lrc"), str(out / "sample.json")]
    assert len(found["failures"]) == 1
    assert "sample.scc: not written: caption " in done.stderr


def test_a_timecode_is_that_of_the_programme(command: Command, tmp_path: Path) -> None:
    made = tmp_path / "a.srt"
    made.write_text("1\n00:00:05,000 --> 00:00:09,000\nYes, we can.\n", "utf-8")
    done = command("convert", made, tmp_path / "a.stl", "--timecode", "10:00:00:00")
    assert done.returncode == 0
    assert (tmp_path / "a.stl").read_bytes()[256:264] == b"10000000"
    assert command("convert", tmp_path / "a.stl", tmp_path / "b.srt").returncode == 0
    assert (tmp_path / "b.srt").read_text("utf-8") == made.read_text("utf-8") + "\n"
    wrong = command("convert", made, tmp_path / "c.stl", "--timecode", "10:00:00:25")
    assert (wrong.returncode, "with less than 25 frames" in wrong.stderr) == (2, True)


def test_drafts_stand_in_captions_if_asked_for(command: Command, event: Path, tmp_path: Path) -> None:
    document = json.loads(event.read_text("utf-8"))
    stretch = {"start": 90.0, "end": 92.0}
    document["recording"]["duration"] = 100.0
    document["untranscribed"] = [stretch]
    event.write_text(json.dumps(document), "utf-8")
    lacking = command("captions", event, "--drafts", "-o", tmp_path / "none")
    assert "align with a Whisper model" in lacking.stderr
    document["untranscribed"] = [{**stretch, "heard": "Is it <i>on</i>?", "confidence": 0.5}]
    event.write_text(json.dumps(document), "utf-8")
    for folder, options in (("without", ()), ("with", ("--drafts",))):
        assert command("captions", event, *options, "-o", tmp_path / folder).returncode == 0
    assert "[? Is it" not in (tmp_path / "without" / "sample.vtt").read_text("utf-8")
    assert "[? Is it &lt;i&gt;on" in (tmp_path / "with" / "sample.vtt").read_text("utf-8")
    both = command("captions", event, "--drafts", "--translation", event, "--language", "de")
    assert both.returncode == 2
    assert "does not go with --translation" in " ".join(both.stderr.split())
