"""The encoding of a caption file: what it says, what the user says, or a guess, which is never written back."""

from pathlib import Path

import pytest

from asdelivered.app.jobs.check import CheckRequest, check_file
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.read import read_captions

TEXTS = {
    "windows-1251": "Паром сегодня не пойдёт, потому что ветер слишком сильный.",
    "koi8-r": "Паром сегодня не пойдёт, потому что ветер слишком сильный.",
    "windows-1253": "Το πλοίο δεν θα φύγει σήμερα, γιατί ο άνεμος είναι πολύ δυνατός.",
    "windows-1255": "המעבורת לא תצא היום כי הרוח חזקה מדי בשביל לצאת לים.",
    "windows-1250": "Prom dzisiaj nie popłynie, ponieważ wiatr jest zbyt silny, żeby wyjść w morze.",
    "shift_jis": "風が強すぎるので、今日フェリーは出ません。申し訳ありません。",
    "gb18030": "由于风太大，今天渡轮不开。非常抱歉，请大家明天再来。",
    "big5": "由於風太大，今天渡輪不開。非常抱歉，請大家明天再來。",
    "euc-kr": "바람이 너무 강해서 오늘은 배가 출발하지 않습니다. 죄송합니다.",
}


def srt(text: str) -> str:
    times = (
        "00:00:01,000 --> 00:00:01,400",
        "00:00:05,000 --> 00:00:09,000",
        "00:00:10,000 --> 00:00:14,000",
    )
    return "\n".join(f"{number}\n{time}\n{text}\n" for number, time in enumerate(times, start=1))


@pytest.mark.parametrize("encoding", TEXTS)
def test_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(srt(TEXTS[encoding]).encode(encoding))
    captions, _ = read_captions(path)
    assert " ".join(captions.cues[0].lines) == TEXTS[encoding]
    assert captions.encoding_guess
    assert captions.notes[0].startswith("not UTF-8: taken for ")


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_guess_is_not_written_back(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.srt"
    before = srt(TEXTS[encoding]).encode(encoding)
    path.write_bytes(before)
    with pytest.raises(SubtitleError, match=r"is a guess\. Name its encoding"):
        check_file(CheckRequest(path, "netflix", fix=True))
    assert path.read_bytes() == before


def test_an_encoding_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(srt("Ďakujem.").encode("mac_latin2"))
    captions, _ = read_captions(path, "mac_latin2")
    assert captions.cues[0].lines == ("Ďakujem.",)
    assert captions.encoding_guess == ""
    with pytest.raises(SubtitleError, match="'klingon' is not an encoding"):
        read_captions(path, "klingon")
    with pytest.raises(SubtitleError, match="byte 32 is not ascii text"):
        read_captions(path, "ascii")


def test_xml_that_is_said_to_be_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.ttml"
    path.write_bytes(
        '<?xml version="1.0" encoding="utf-8"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
        '<p begin="1s" end="2s">Да.</p></div></body></tt>'.encode("windows-1251")
    )
    assert read_captions(path, "windows-1251")[0].cues[0].lines == ("Да.",)
