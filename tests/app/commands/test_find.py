"""`asdelivered find` on the bundled example, its alignment made of the truth, and once by the real aligner."""

import json
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment_json import save
from asdelivered.app.main import app


@pytest.fixture(scope="module")
def harbour(page: Path, sound: Path, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("find") / "harbour.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), sound, page), path)
    return path


def find(*arguments: str | Path):
    return CliRunner().invoke(app, ["find", *map(str, arguments)])


def hits(*arguments: str | Path) -> list[dict]:
    run = find(*arguments, "--json")
    assert run.exit_code == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["found"] == len(found["hits"])
    return found["hits"]


def test_a_quote_with_all_that_one_wants_to_know(harbour, sound):
    hit = hits("it has been REBUILD before and we can do it again", harbour)[0]
    assert hit["text"] == "It has been rebuilt before, and we can do it again."
    assert hit["speaker"] == "Westhaven Harbour Commissioner Anna Reed"
    assert (hit["start"], hit["end"]) == (79.904, 82.49)
    assert hit["spoken"]
    assert hit["score"] > 0.8
    assert hit["confidence"] == 0.95
    assert hit["timecode"] is None  # a sound that doesn't count in frames
    link = urlsplit(hit["link"])
    assert (link.scheme, link.fragment) == ("file", "t=79.904,82.49")
    assert Path(unquote(link.path)) == sound
    citation = hit["citation"]
    for part in (
        "“It has been rebuilt before, and we can do it again.”",
        "Westhaven Harbour Commissioner Anna Reed",
        "Old Customs House, Westhaven",
        "3 October 2026",
        "0:01:19.904 to 0:01:22.490",
        json.loads(harbour.read_text())["recording"]["sha256"],
        json.loads(harbour.read_text())["transcript"]["sha256"],
    ):
        assert part in citation


def test_what_people_see(harbour):
    run = find("we can do it again", harbour)
    assert run.exit_code == 0
    assert run.stdout.startswith("1. 0:01:21.")
    assert "Anna Reed: “we can do it again.”" in run.stdout
    assert "score 1.00, confidence 0.95" in run.stdout
    assert run.stderr == ""


def test_what_was_quoted_otherwise_than_it_was_said(harbour):
    quote = "It has never been rebuilt before ... we can do it again"
    assert [tuple(one.values()) for one in hits(quote, harbour)[0]["differences"]] == [
        ("not said", "never", ""),
        ("omitted", "", "and"),
    ]
    shown = find(quote, harbour).stdout
    assert "quoted, but not said: “never”" in shown
    assert "left out, as marked: “and”" in shown
    shown = find("It has been torn down before and we do it again", harbour).stdout
    assert "said “rebuilt”, quoted “torn down”" in shown
    assert "said, but not quoted: “can”" in shown


def test_which_of_several_places_is_meant(harbour):
    everywhere = hits("thank you", harbour, "--limit", "50")
    alike = sorted(one["start"] for one in everywhere if one["score"] == 1)
    assert len(alike) > 2
    assert [one["start"] for one in hits("thank you", harbour, "--nth", "2")] == alike[1:2]
    assert hits("thank you", harbour, "--near", f"{alike[-1]}")[0]["start"] == alike[-1]
    assert find("thank you", harbour, "--nth", "50").exit_code == 1
    assert find("thank you", harbour, "--near", "soon").exit_code == 2
    speakers = {one["speaker"] for one in everywhere}
    assert len(speakers) > 1
    for speaker in speakers - {None}:
        found = hits("thank you", harbour, "--speaker", speaker.upper(), "--limit", "50")
        assert {one["speaker"] for one in found} == {speaker}
        assert {one["start"] for one in everywhere if one["speaker"] == speaker} <= {
            one["start"] for one in found
        }
    assert find("thank you", harbour, "--speaker", "Nobody").exit_code == 1


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=79"),
        ("https://youtube.com/watch?t=3&v=a-b_c", "https://youtube.com/watch?v=a-b_c&t=79"),
        ("https://youtu.be/abc?si=x#old", "https://youtu.be/abc?si=x&t=79"),
        ("https://www.youtube.com/embed/abc", "https://www.youtube.com/embed/abc?start=79"),
        ("https://vimeo.com/123456", "https://vimeo.com/123456?t=79"),
        ("https://www.dailymotion.com/video/x1", "https://www.dailymotion.com/video/x1?start=79"),
        ("https://www.twitch.tv/videos/1", "https://www.twitch.tv/videos/1?t=79"),
        ("https://example.org/a b.mp4?x=1&t=5", "https://example.org/a%20b.mp4?x=1&t=5#t=79.904,82.49"),
        ("https://notyoutube.com/watch?v=abc", "https://notyoutube.com/watch?v=abc#t=79.904,82.49"),
        ("http://[::1]:8000/a.mp3", "http://[::1]:8000/a.mp3#t=79.904,82.49"),
    ],
)
def test_links_as_each_host_wants_them(address, link, harbour):
    assert (
        hits("It has been rebuilt before, and we can do it again", harbour, "--url", address)[0]["link"]
        == link
    )


@pytest.mark.parametrize(
    "address", ["", "youtube.com/watch?v=abc", "javascript:alert(1)", "https://", "http://[x"]
)
def test_what_is_no_address(address, harbour):
    run = find("we can do it again", harbour, "--url", address)
    assert run.exit_code == 2
    assert "is no address" in run.stderr


def test_several_places_the_likest_first(harbour):
    found = hits("thank you", harbour, "--limit", "3")
    assert len(found) == 3
    assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)
    assert [hit["start"] for hit in found] == sorted(hit["start"] for hit in found)


def test_a_quote_across_speakers(harbour):
    hit = hits("can do it again. Thank you very much. Thank you, Commissioner.", harbour)[0]
    assert hit["speakers"] == [
        "Westhaven Harbour Commissioner Anna Reed",
        "Daniel Moss, Editor Westhaven Gazette",
    ]
    assert len(hit["lines"]) == 3


def test_nothing_like_it_is_said_plainly(harbour):
    run = find("purple zebras juggle violins on Tuesday", harbour)
    assert run.exit_code == 1
    assert run.stdout == ""
    assert "nothing like “purple zebras juggle violins on Tuesday” stands in" in run.stderr
    run = find("purple zebras juggle violins on Tuesday", harbour, "--json")
    assert run.exit_code == 1
    assert json.loads(run.stdout) == {
        "quote": "purple zebras juggle violins on Tuesday",
        "found": 0,
        "hits": [],
    }


def test_a_line_that_was_not_spoken_is_found_without_a_time(harbour):
    hit = hits("we can be proud of them", harbour)[0]
    assert (hit["spoken"], hit["start"], hit["end"], hit["confidence"], hit["link"]) == (False, *(None,) * 4)
    run = find("we can be proud of them", harbour)
    assert "not spoken in the recording" in run.stdout


def test_a_movie_counts_in_its_own_timecode(corpus, tmp_path):
    path = tmp_path / "event.alignment.json"
    movie = corpus / "excerpt-2997df-tc1h.mov"
    truth = corpus / "event-hall.truth.json"
    save(truth_alignment(truth, movie, truth), path)
    hit = hits("I’m very honoured to start a crucial conversation", path)[0]
    assert hit["timecode"]["in"].startswith("01:01:0")
    assert ";" in hit["timecode"]["out"]


def test_without_the_recording_or_the_page_there_are_still_times(page, sound, tmp_path):
    here = shutil.copy(sound, tmp_path / "moved.opus")
    path = tmp_path / "event.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), here, page), path)
    here.unlink()
    hit = hits("we can do it again", path)[0]
    assert hit["start"] is not None
    assert hit["link"].endswith("moved.opus#t=81.583,82.49")
    missing = find("we can do it again", path, "--recording", tmp_path / "nowhere.opus")
    assert missing.exit_code == 1
    assert "nowhere.opus" in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["hello", "nowhere.json"], 1, "there is no such file"),
        (["…", "nowhere.json"], 2, "give the words"),
        (["hello"], 2, "ALIGNMENT"),
        (["hello", "nowhere.json", "--limit", "0"], 2, "limit"),
    ],
)
def test_wrong_use(arguments, code, words):
    run = find(*arguments)
    assert run.exit_code == code
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_the_real_aligner_s_output(command, page, excerpt, tmp_path):
    run = command("align", page, excerpt, "-o", tmp_path, "--jobs", "1")
    assert run.returncode == 0, run.stderr
    hit = hits("the old north pier lost almost 40% of its stone", tmp_path / "harbour.alignment.json")[0]
    assert hit["start"] == pytest.approx(26.439, abs=0.15)


def test_the_words_of_two_speakers_are_told_apart(harbour):
    quote = "Thank you very much. Thank you, Commissioner."
    (first, *_) = hits(quote, harbour)
    reed, moss = "Westhaven Harbour Commissioner Anna Reed", "Daniel Moss, Editor Westhaven Gazette"
    assert first["turns"] == [
        {"speaker": reed, "text": "Thank you very much."},
        {"speaker": moss, "text": "Thank you, Commissioner."},
    ]
    said = [f"“Thank you very much.” — {reed}", f"“Thank you, Commissioner.” — {moss}"]
    assert first["citation"].splitlines()[:2] == said
    shown = find(quote, harbour).stdout
    assert f"   {reed}: “Thank you very much.”\n   {moss}: “Thank you, Commissioner.”\n" in shown


def test_the_place_nearest_to_a_quote_that_is_not_surely_there_is_shown_as_such(harbour):
    quote = "every one company but one this"
    run = find(quote, harbour)
    assert (run.exit_code, run.stdout) == (1, "")
    assert "It is nearest to this, which may be something else:" in run.stderr
    found = json.loads(find(quote, harbour, "--json").stdout)
    assert (found["found"], found["hits"]) == (0, [])
    assert found["nearest"]["text"] == "Every one of them. This"
    assert found["nearest"]["text"] in run.stderr
    assert found["nearest"]["score"] < 0.6
    assert "nearest" not in json.loads(find("do it again", harbour, "--json").stdout)
