"""`asdelivered transcript`: what it shows, as a table and as JSON, and its corrections."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from asdelivered.app.main import app

PAGES = Path(__file__).resolve().parents[2] / "transcripts" / "pages"


def run(*arguments: str | Path, stdin: bytes | None = None):
    return CliRunner().invoke(app, ["transcript", *map(str, arguments)], input=stdin)


def test_a_table_for_people() -> None:
    shown = run(PAGES / "alliance-speech.html")
    assert shown.exit_code == 0
    for text in (
        "The Long Watch",
        "2025-03-04",
        "as delivered",
        "a web page",
        "found in the text",
        "Ingrid Halvorsen",
        "Secretary General",
        "Moderator",
        "(As delivered)",
        "About us",
        "[inaudible]",
    ):
        assert text in shown.stdout, text
    assert "There is a ship" not in shown.stdout


def test_all_lines(tmp_path: Path) -> None:
    shown = run(PAGES / "press-fr.txt", "--lines")
    assert shown.exit_code == 0
    assert "T002  Mme Hélène Kerbrat\n" in shown.stdout
    assert "note      L0007   Seul le prononcé fait foi" in shown.stdout
    assert "Je préfère dix-huit mois de bruit" in shown.stdout


def test_json_for_programs(page: Path) -> None:
    shown = json.loads(run(page, "--json").stdout)
    truth = json.loads(page.with_suffix(".truth.json").read_text(encoding="utf-8"))["lines"]
    spoken = [
        {"speaker": turn["speaker"], "text": line["text"]}
        for turn in shown["turns"]
        for line in turn["lines"]
        if line["kind"] == "spoken"
    ]
    assert spoken == [{"speaker": line["speaker"], "text": line["text"]} for line in truth]
    assert shown["counts"]["lines"] == len(truth)
    assert shown["format"] == "txt"
    assert {speaker["name"] for speaker in shown["speakers"]} >= {"Anna Reed"}


def test_corrections(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("Ann Hill:\nHello. §9 Dear all.\nSee page 4.\n\nSG\nThank you.\n\nAnn Hill:\nBye.\n")
    names = tmp_path / "speakers.txt"
    names.write_text("Mark Rutte, NATO Secretary General = SG\n")
    shown = json.loads(run(file, "--speakers", names, "--unspoken", r"§\d|^See page \d\.$", "--json").stdout)
    assert [speaker["name"] for speaker in shown["speakers"]] == ["Ann Hill", "Mark Rutte"]
    assert shown["speakers"][1]["role"] == "NATO Secretary General"
    lines = [line for turn in shown["turns"] for line in turn["lines"]]
    assert {"id": "L0002", "kind": "spoken", "text": "Hello. §9 Dear all.", "silent": ["§9"]} in lines
    assert {"id": "L0003", "kind": "note", "text": "See page 4."} in lines


def test_standard_input_and_a_given_language() -> None:
    shown = run("-", "--language", "de", "--json", stdin=b"Guten Tag.\n")
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["language"] == "de"
    assert "found in the text" not in run("-", "--language", "de", stdin=b"Guten Tag.\n").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["nowhere.txt"], 1, "There is no transcript at nowhere.txt"),
        ([PAGES / "press-fr.txt", "--speakers", "nowhere.txt"], 1, "nowhere.txt cannot be read"),
        ([PAGES / "press-fr.txt", "--unspoken", "("], 2, "not a regular expression"),
        ([PAGES / "press-fr.txt", "--from", "doc"], 2, "the formats are"),
        ([PAGES / "press-fr.txt", "--from", "pdf"], 1, "damaged PDF"),
    ],
)
def test_wrong_use(arguments: list[str | Path], code: int, why: str) -> None:
    shown = run(*arguments)
    assert shown.exit_code == code
    assert shown.stdout == ""
    assert why in " ".join(shown.stderr.replace("│", " ").split())
    assert "Traceback" not in shown.stderr


def test_hostile_text_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("Ann [red]Hill\x1b[31m:\nHello [bold]there\x1b]0;x\x07, all of you.\n\n[link=x]\n")
    for options in ([], ["--lines"]):
        shown = run(file, *options)
        assert shown.exit_code == 0
        assert "\x1b" not in shown.stdout
        assert "\x07" not in shown.stdout


def test_the_share_of_words_by_role(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "MODERATOR: Thank you all.\n\nVERA OLDE: One two three.\n\n[Applause]\n", encoding="utf-8"
    )
    assert "spoken 60.0 %, label 30.0 %, note 10.0 %" in run(page).stdout


def test_counts_and_brackets_as_a_person_reads_them(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Ann Reed: We went [unintelligible 00:19:07.21] to the port.\n", encoding="utf-8")
    shown = run(page, "--language", "en").stdout
    assert "│ 1 line, " in shown
    assert " in 1 turn;" in shown
    assert "Within lines: [unintelligible 00:19:07.21]\n" in shown


def test_what_nobody_heard_is_counted_by_its_brackets(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(
        "ANN: We [inaudible 00:19:07] the road [unintelligible] again.\n\nTOM: Thank you [inaudible].\n"
    )
    shown = json.loads(run(file, "--json").stdout)
    assert shown["counts"]["inaudible"] == 3
    assert shown["turns"][0]["lines"][0]["unknown"] == ["[inaudible 00:19:07]", "[unintelligible]"]
