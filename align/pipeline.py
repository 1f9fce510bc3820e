"""The aligner from top to bottom: one pass with one engine, and what is made of the passes of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import CEPSTRA
from asdelivered.align.acoustic.frame_spans import mask_of_times
from asdelivered.align.acoustic.plausibility import LEAST_TOKENS
from asdelivered.align.acoustic.quiet_sides import with_quiet_sides_raised
from asdelivered.align.adaptation import adapt
from asdelivered.align.anchors import PRECISE, Anchors, anchor, line_starts
from asdelivered.align.combination import Version, combine
from asdelivered.align.confidence import judge
from asdelivered.align.document.alignment import AlignedLine, Draft, Sound, timed_by
from asdelivered.align.engines.deaf import Deaf
from asdelivered.align.engines.engine import Engine
from asdelivered.align.engines.group import EngineGroup, Fallback, ScorerChoice
from asdelivered.align.errors import AlignError
from asdelivered.align.fallback import find_gaps, merge_filled, place_in_gaps
from asdelivered.align.interpolation import interpolate
from asdelivered.align.job import Job
from asdelivered.align.line_edges import settle_edges
from asdelivered.align.lines import EITHER, said_once, write_lines
from asdelivered.align.pinning import apply_pins
from asdelivered.align.placement import Acoustics, Placement, place
from asdelivered.align.recognition import (
    Recognition,
    recognise,
    recognise_again,
    unclear_chunks,
    with_higher_voices,
)
from asdelivered.align.scoring.doubtful import MakeScorer, score_doubtful
from asdelivered.align.scoring.drafts import draft_untranscribed
from asdelivered.align.script import Script
from asdelivered.align.segments import segment
from asdelivered.align.sounds import find_sounds
from asdelivered.align.untranscribed import find_untranscribed
from asdelivered.align.values.section import split_at_cuts
from asdelivered.align.values.timed_token import unspoken
from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.processes import all_give_back_memory
from asdelivered.base.span import TimeSpan
from asdelivered.base.system import give_back_memory
from asdelivered.base.timeline import stage

_LEAST_ANCHORED = 0.12
"""Share of the text, or of the words recognised, that must be in anchors for the two to belong together. A foreign
language over a telephone has 0.27, a text of something else 0.03; sound in which nearly all anchors are wrong 0.12."""
_LEAST_IN_LONG = 0.05
"""The same, of anchors of `_LONG` words: a minute of a conference in a programme of twenty."""
_LONG = 8
"""Words that no recogniser makes up in a row: in other texts and over bad lines it is six at most."""
_LONGEST_WITHOUT_WORDS = 900_000
"""Milliseconds of sound in which a scorer may look for a text of which no word was recognised."""


@dataclass(frozen=True)
class Pass:
    """What a pass through the recording gives: what was recognised, how it sounds, where the tokens are, the lines."""

    recognition: Recognition
    acoustics: Acoustics
    placement: Placement
    lines: tuple[AlignedLine, ...]


@dataclass(frozen=True)
class AlignedText:
    """The lines of a text, and what else is in the recording; nothing at all where the two do not belong together.

    `asked` are the names of the engines that listened to the whole recording.
    """

    lines: tuple[AlignedLine, ...] = ()
    untranscribed: tuple[TimeSpan, ...] = ()
    sounds: tuple[Sound, ...] = ()
    drafts: tuple[Draft, ...] = ()
    asked: tuple[str, ...] = ()


def align_text(engine: Engine | EngineGroup, job: Job) -> AlignedText:
    """Align the text of a job with its sound, and account for the rest of the recording.

    Each engine makes a pass; the fallbacks try the gaps that the first one leaves; each line is then taken from the
    pass that is surest of it. Where no engine recognises the text, each fallback in turn listens to all of the
    recording. Last, the scorer looks for the lines in doubt, and the drafter writes down what the text lacks.

    Raises MediaError where the recording is truncated or damaged, and AlignError where an engine fails.
    """
    group = engine if isinstance(engine, EngineGroup) else EngineGroup((engine,))
    passes: list[Pass] = []
    for number, one in enumerate(group.engines):
        result = run_pass(one, job)
        if result is None:
            if len(group.engines) > 1:
                job.observer.noted(f"the engine {one.name} heard next to nothing of the text")
            continue
        if number == 0:
            result = fill_gaps(job, result, one.name, group.fallbacks)
        if len(group.engines) > 1:
            result = replace(result, lines=tuple(timed_by(line, one.name) for line in result.lines))
        passes.append(result)
    asked = [one.name for one in group.engines]
    if not passes:
        result, more = _pass_of_fallback(job, group.fallbacks)
        asked += more
        if result is None and group.scorer and job.sound.duration <= _LONGEST_WITHOUT_WORDS:
            result = pass_without_words(job)
        if result is None:
            return AlignedText(asked=tuple(asked))
        passes.append(result)
    if group.scorer:
        passes[0] = score_lines(job, passes[0], group.name, group.scorer)
    recognition = passes[0].recognition
    versions = [Version(one.lines, one.placement.garbage) for one in passes]
    text = versions[0] if len(versions) == 1 else combine(versions)
    with stage("sounds"):
        untranscribed = find_untranscribed(text.garbage, recognition.speech, text.lines, recognition.loudness)
        sounds = find_sounds(recognition.frames, recognition.speech, text.lines)
    drafts: tuple[Draft, ...] = ()
    if group.drafter:
        drafts = draft_untranscribed(job.sound, job.language, untranscribed, group.drafter, job.observer)
    return AlignedText(text.lines, untranscribed, sounds, drafts, tuple(asked))


def _pass_of_fallback(job: Job, fallbacks: Sequence[Fallback]) -> tuple[Pass | None, list[str]]:
    """Return the pass of the first fallback that finds the text in the recording, and the names of those asked.

    The fallbacks after it try the gaps that it leaves. Without a text long enough to be checked, only those are asked
    that recognise words.
    """
    asked: list[str] = []
    for number, fallback in enumerate(fallbacks):
        try:
            engine = fallback.make()
            if len(job.script.tokens) < LEAST_TOKENS and engine.time_error > PRECISE:
                continue
            asked.append(fallback.name)
            result = run_pass(engine, job)
        except AlignError as error:
            job.observer.noted(f"the engine {fallback.name} can't listen: {error}")
            continue
        if result is None or all(line.span is None for line in result.lines):
            continue
        job.observer.noted(f"nobody but the engine {fallback.name} found the text in the recording")
        result = replace(result, lines=tuple(timed_by(line, fallback.name) for line in result.lines))
        return fill_gaps(job, result, fallback.name, fallbacks[number + 1 :]), asked
    return None, asked


def pass_without_words(job: Job) -> Pass:
    """Return a pass in which no token has a place, and no line a time: for a scorer. Raises MediaError."""
    recognition = replace(recognise(Deaf(), job), chunks=())
    anchors = anchor(job.script, (), 0)
    tokens = job.script.tokens
    placement = Placement((None,) * len(tokens), (False,) * len(tokens), ())
    lines = write_lines(job.script, [unspoken(token) for token in tokens], {})
    return Pass(recognition, _acoustics(job, recognition, anchors), placement, lines)


def run_pass(engine: Engine, job: Job) -> Pass | None:
    """Align the text of a job with one engine; None where next to nothing of the text is recognised.

    Raises MediaError where the recording is truncated or damaged, and AlignError where the engine fails.
    """
    # Recognise: words that may be wrong, each with a rough time; unclear chunks are recognised twice.
    recognition = recognise(engine, job)
    # Anchor: runs of words that are certain to be the text's.
    anchors = _anchored(engine, job, recognition)
    if unclear := unclear_chunks(recognition, anchors):
        recognition = with_higher_voices(engine, job, recognition, unclear)
        recognition = recognise_again(engine, job, recognition, unclear)
        anchors = _anchored(engine, job, recognition)
    # No step below needs the chunks; with samples, they are the greater part of the memory.
    recognition = replace(recognition, chunks=())
    give_back_memory()
    if not job.pins.cuts and not _belong_together(job.script, anchors):
        return None
    # Segment: cut text and sound at pins, then at pauses within anchors.
    sections = split_at_cuts(job.cuts, len(job.script.tokens), len(recognition.frames))
    segments = segment(job.script, anchors, sections)
    # Adapt: fit the voices and the room to the acoustic model.
    acoustics = _acoustics(job, recognition, anchors)
    give_back_memory()
    # Place: force-align every token within its segment.
    placement = place(job, segments, anchors, acoustics)
    all_give_back_memory(job.pool)
    # Judge, interpolate, settle edges, keep pins, write lines.
    lines = time_lines(job, recognition, placement)
    return Pass(recognition, acoustics, placement, lines)


def _anchored(engine: Engine, job: Job, recognition: Recognition) -> Anchors:
    """Return the anchors of what an engine has recognised so far, and report them."""
    with stage("anchors"):
        anchors = anchor(job.script, recognition.all_words, engine.time_error)
    give_back_memory()
    _report(job, anchors)
    return anchors


def _acoustics(job: Job, recognition: Recognition, anchors: Anchors) -> Acoustics:
    with stage("normalisation"):
        cepstra = recognition.frames[:, :CEPSTRA]
        normaliser = Normaliser(with_quiet_sides_raised(cepstra, recognition.loudness, recognition.speech))
    frames = len(recognition.frames)
    talking = mask_of_times(recognition.speech, frames) | anchors.spoken(frames)
    with stage("adaptation"):
        adaptation = adapt(job.script, anchors, normaliser, job.pool)
    return Acoustics(normaliser, talking, adaptation)


def time_lines(
    job: Job, recognition: Recognition, placement: Placement, make_scorer: MakeScorer | None = None
) -> tuple[AlignedLine, ...]:
    """Return the aligned lines of a job whose tokens are placed: the second half of a pass."""
    with stage("judging"):
        # Judge: how likely each token is where it was placed, and which phrases nobody spoke.
        tokens = judge(job.script, placement, job.pins)
        # Interpolate: times for the few words that were missed between others.
        tokens = interpolate(tokens, placement.garbage)
    # Score: look for the lines in doubt, without recognising a word.
    if make_scorer:
        with stage("scoring doubtful lines"):
            tokens = score_doubtful(job, make_scorer, recognition, tokens, placement.anchored)
    # Settle edges: a line reaches from its first breath to where its sound ends.
    with stage("edges of lines"):
        tokens, spans, most = settle_edges(
            tokens, placement.garbage, recognition.loudness, recognition.speech
        )
    most |= {line: min(most[line], EITHER) for line in said_once(tokens, spans)}
    # Keep pins: to the millisecond, whatever was found.
    tokens, spans = apply_pins(tokens, spans, job.pins)
    pinned = {job.script.tokens[at].line for at in (*job.pins.starts, *job.pins.ends)}
    most = {line: confidence for line, confidence in most.items() if line not in pinned}
    return write_lines(job.script, tokens, spans, most)


def fill_gaps(job: Job, result: Pass, engine: str, fallbacks: Sequence[Fallback]) -> Pass:
    """Return the pass of the engine of this name, with the lines that `fallbacks`, in order, find in its gaps.

    A line that a fallback filled has its name. A fallback that can't be made, or fails in whatever way, is passed
    over with a note: what the first engine found is never lost.
    """
    for fallback in fallbacks:
        speech = find_untranscribed(
            result.placement.garbage, result.recognition.speech, result.lines, result.recognition.loudness
        )
        gaps = find_gaps(job.script, result.lines, speech, job.pins, job.sound.duration)
        if not gaps:
            break
        try:
            placement = place_in_gaps(
                fallback.make(), gaps, job, result.recognition, result.acoustics, result.placement
            )
        except AsdeliveredError as error:
            job.observer.noted(f"the engine {fallback.name} fills no gaps: {error}")
            continue
        except Exception as error:  # engines are other people's code, and may raise anything
            what = f"{type(error).__name__}: {error}"
            job.observer.noted(f"the engine {fallback.name} fills no gaps, because it has a fault: {what}")
            continue
        written = time_lines(job, result.recognition, placement)
        lines = merge_filled(job.script, gaps, result.lines, written, (engine, fallback.name))
        if lines != result.lines:
            result = replace(result, placement=placement, lines=lines)
    return result


def score_lines(job: Job, result: Pass, engine: str, choice: ScorerChoice) -> Pass:
    """Return the pass of the engine of this name with what a scorer finds of the lines in doubt.

    A line that it found, or moved, has its name. If it can't be made, or fails, nothing changes.
    """
    before = time_lines(job, result.recognition, result.placement)
    try:
        after = time_lines(job, result.recognition, result.placement, partial(choice.make, job.language))
    except AlignError as error:
        job.observer.noted(f"{choice.name} can't look for lines in doubt: {error}")
        return result
    lines = tuple(
        kept if new == old else replace(new, engine=_timed_by(kept, new, engine, choice.name))
        for kept, old, new in zip(result.lines, before, after, strict=True)
    )
    return replace(result, lines=lines)


def _timed_by(old: AlignedLine, new: AlignedLine, engine: str, scorer: str) -> str | None:
    """Return which engines timed a line of which the times may have changed: next to others, only its edges."""
    if new.span is None:
        return None
    if [word.span is None for word in old.words] == [word.span is None for word in new.words] and all(
        one.span.overlap(other.span)
        for one, other in zip(old.words, new.words, strict=True)
        if one.span and other.span
    ):
        return old.engine
    return scorer if old.span is None or old.engine == scorer else f"{old.engine or engine},{scorer}"


def _report(job: Job, anchors: Anchors) -> None:
    """Tell the observer about when lines begin, unless next to nothing of the text was found."""
    if _belong_together(job.script, anchors):
        job.observer.found(line_starts(job.script, anchors))


def _belong_together(script: Script, anchors: Anchors) -> bool:
    lengths = [run.length for run in anchors.runs]
    words = max(1, min(len(script.words), len(anchors.words)))
    long = sum(length for length in lengths if length >= _LONG)
    return sum(lengths) >= _LEAST_ANCHORED * words or long >= _LEAST_IN_LONG * words
