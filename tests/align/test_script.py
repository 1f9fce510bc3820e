"""The script: one token for each of the page's, with the ways it sounds and what stands before it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.network import Joint
from asdelivered.align.errors import AlignError
from asdelivered.align.script import Script, write_script
from asdelivered.transcripts.model import TokenKind, Transcript
from asdelivered.transcripts.read import parse_transcript

W, PAUSE, PHRASE, UNKNOWN = Joint.WORD, Joint.PAUSE, Joint.PHRASE, Joint.UNKNOWN


def script_of(*lines: str, language: str = "en") -> Script:
    text = "".join(f"{line}\n" for line in lines)
    return write_script(parse_transcript(text, path="page.txt", sha256="0" * 64, language=language))


def check_tokens(script: Script) -> None:
    """Each token of each spoken line has one of the script's, in order, and sounds only if it is a word."""
    sources = [
        (number, position, token)
        for number, (_, line) in enumerate(script.lines)
        for position, token in enumerate(line.tokens)
    ]
    assert [(token.line, token.word, token.kind) for token in script.tokens] == [
        (number, position, token.kind) for number, position, token in sources
    ]
    for token, (_, _, source) in zip(script.tokens, sources, strict=True):
        if token.kind is not TokenKind.WORD:
            assert token.spoken == token.pronunciations == ()
        assert set(token.spoken) <= {word for form in source.spoken for word in form}
        assert len(token.pronunciations) <= 8
        assert len(set(token.pronunciations)) == len(token.pronunciations)


def test_the_examples_tokens_are_the_pages(harbour: Transcript) -> None:
    script = write_script(harbour)
    check_tokens(script)
    assert list(script.lines) == list(harbour.spoken_lines())
    silent = [token for token in script.tokens if token.kind is TokenKind.WORD and not token.pronunciations]
    assert silent == []


PIECES = st.one_of(
    st.sampled_from(
        ["the", "pier,", "harbour.", "it’s", "(and)", "“No!”", "co-operate", "Kubilius;", "so:", "why?"]
    ),
    st.sampled_from(["–", "[inaudible]", "…", "-", "40%", "$24", "2027", "R&D", "7"]),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=12), min_size=1, max_size=4))
def test_tokens_are_one_to_one_with_any_page(lines: list[list[str]]) -> None:
    check_tokens(script_of(*[" ".join(line) for line in lines]))


@pytest.mark.parametrize(
    ("line", "joints"),
    [
        ("We do it again", [PHRASE, W, W, W]),
        ("We do, it again", [PHRASE, W, PAUSE, W]),
        ("We do. It again", [PHRASE, W, PHRASE, W]),
        ("We do: it again; now", [PHRASE, W, PHRASE, W, PHRASE]),
        ("“We do!” It again", [PHRASE, W, PHRASE, W]),
        ("We do – it again", [PHRASE, W, W, PAUSE, W]),
        ("We do. – it again", [PHRASE, W, PHRASE, PHRASE, W]),
        ("We [inaudible] it again", [PHRASE, W, UNKNOWN, W]),
        ("We [inaudible] – it, again", [PHRASE, W, UNKNOWN, UNKNOWN, PAUSE]),
        ("[inaudible] it again", [PHRASE, UNKNOWN, W]),
    ],
)
def test_a_joint_says_what_stands_before_a_token(line: str, joints: list[Joint]) -> None:
    script = script_of("Good morning to all of you here today.", line)
    assert [token.joint for token in script.tokens if token.line == 1] == joints


def test_a_new_line_is_a_new_phrase() -> None:
    script = script_of("We do it again", "and again and again")
    assert [token.joint for token in script.tokens if token.word == 0] == [PHRASE, PHRASE]


def joints_and_starts(*lines: str) -> list[tuple[Joint, bool]]:
    return [(token.joint, token.goes_on) for token in script_of(*lines).tokens]


def test_a_piece_of_a_sentence_on_a_line_of_its_own_goes_on_in_the_next() -> None:
    assert joints_and_starts("the pier", "is", "ours.", "Go") == [
        (PHRASE, False),
        (W, False),
        (PAUSE, True),
        (PAUSE, True),
        (PHRASE, False),
    ]


def test_a_long_line_and_one_that_may_be_a_heading_are_phrases() -> None:
    long = joints_and_starts("we knew it from the", "very start of the day")
    assert long[5] == (PHRASE, True)
    page = [f"We said that {number} times over." for number in range(6)]
    assert joints_and_starts(*page, "The harbour", *page)[36:39] == [
        (PHRASE, False),
        (W, False),
        (PHRASE, False),
    ]


def test_a_token_has_every_way_it_may_be_said() -> None:
    (percent,) = [token for token in script_of("We lost 8% of it.").tokens if token.word == 2]
    assert percent.spoken == ("eight", "percent")
    assert (("EY", "T"), ("P", "ER", "S", "EH", "N", "T")) in percent.pronunciations
    assert (("EY", "T"), ("P", "ER"), ("S", "EH", "N", "T")) in percent.pronunciations


def test_sentences_are_the_likeliest_words_of_each_line_that_sounds() -> None:
    script = script_of("We lost 8% – of it.", "[inaudible]", "In 2027, no more.")
    assert script.sentences[0] == ("we", "lost", "eight", "percent", "of", "it")
    assert script.sentences[-1] == ("in", "twenty", "twenty", "seven", "no", "more")
    assert all(script.sentences)
    assert {word for sentence in script.sentences for word in sentence} <= script.lexicon.keys()


def test_a_language_that_nobody_speaks_is_refused(harbour: Transcript) -> None:
    page = Transcript("page", "0" * 64, None, None, None, "zz-zz", harbour.turns)
    with pytest.raises(AlignError, match="no language 'zz-zz'"):
        write_script(page)


def test_a_line_in_another_language_may_sound_as_in_it() -> None:
    english = "We will go on with the work that we began together in the spring of last year."
    french = (
        "Nous allons continuer le travail que nous avons commencé ensemble au printemps de l'année dernière.",
        "C'est une question qui est posée à tous les pays de la région, et nous y répondrons avec eux.",
    )
    ways = {token.spoken: token.pronunciations for token in script_of(english, *french).tokens}
    alone = {token.spoken: token.pronunciations for token in script_of(*french, language="fr").tokens}
    assert ways["travail",][0] == alone["travail",][0]
    assert ways["travail",][1:]  # and as an English speaker reads it
    only = {token.spoken: token.pronunciations for token in script_of(english).tokens}
    assert {word: ways[word] for word in only} == only


def test_a_word_without_blanks_has_a_token_for_each_phrase() -> None:
    script = script_of("我们今天讨论经济问题，谢谢大家。 好。", language="zh")
    assert [(token.word, token.phrase) for token in script.tokens] == [
        *((0, phrase) for phrase in ("我们", "今天", "讨论", "经济", "问题", "谢谢", "大家")),
        (1, None),
    ]
    assert [token.joint for token in script.tokens] == [PHRASE, W, W, W, W, PAUSE, W, PHRASE]
    assert [token.ends_phrase for token in script.tokens] == [*[False] * 6, True, True]
    assert script.sentences == [("我们", "今天", "讨论", "经济", "问题", "谢谢", "大家", "好")]
    assert all(token.pronunciations for token in script.tokens)


def test_punctuation_of_any_script_is_a_pause() -> None:
    assert [token.joint for token in script_of("نعم، هذا. لا؟ نعم", language="ar").tokens] == [
        PHRASE,
        PAUSE,
        PHRASE,
        PHRASE,
    ]
