"""The aligner from top to bottom: one pass with one engine, and what is made of the passes of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import CEPSTRA
from asdelivered.align.acoustic.frame_spans import mask_of_times
from asdelivered.align.adaptation import adapt
from asdelivered.align.anchors import Anchors, anchor
from asdelivered.align.combination import Version, combine
from asdelivered.align.confidence import judge
from asdelivered.align.document.alignment import AlignedLine, Sound, timed_by
from asdelivered.align.engines.engine import Engine
from asdelivered.align.engines.group import EngineGroup, Fallback, ScorerChoice
from asdelivered.align.errors import AlignError
from asdelivered.align.fallback import find_gaps, merge_filled, place_in_gaps
from asdelivered.align.interpolation import interpolate
from asdelivered.align.job import Job
from asdelivered.align.line_edges import settle_edges
from asdelivered.align.lines import write_lines
from asdelivered.align.pinning import apply_pins
from asdelivered.align.placement import Acoustics, Placement, place
from asdelivered.align.recognition import Recognition, recognise, recognise_again, unclear_chunks
from asdelivered.align.scoring.doubtful import MakeScorer, score_doubtful
from asdelivered.align.script import Script
from asdelivered.align.segments import segment
from asdelivered.align.sounds import find_sounds
from asdelivered.align.untranscribed import find_untranscribed
from asdelivered.align.values.section import split_at_cuts
from asdelivered.align.values.timed_token import unspoken
from asdelivered.base.span import TimeSpan

_LEAST_ANCHORED = 0.05
"""Share of the text, or of the words recognised, that must be in anchors for the two to belong together: accented
speech over a telephone has 0.15, a text of something else 0.02."""
_LONGEST_WITHOUT_WORDS = 900_000
"""Milliseconds of sound in which a scorer may find a text of which no word was recognised."""


@dataclass(frozen=True)
class Pass:
    """What a pass through the recording gives: what was recognised, how it sounds, where the tokens are, the lines.

    `recognised` is False where next to nothing of the text was: then no token has a place, and no line a time.
    """

    recognition: Recognition
    acoustics: Acoustics
    placement: Placement
    lines: tuple[AlignedLine, ...]
    recognised: bool = True


@dataclass(frozen=True)
class AlignedText:
    """The lines of a text, and what else is in the recording; nothing at all where the two do not belong together."""

    lines: tuple[AlignedLine, ...] = ()
    untranscribed: tuple[TimeSpan, ...] = ()
    sounds: tuple[Sound, ...] = ()


def align_text(engine: Engine | EngineGroup, job: Job) -> AlignedText:
    """Align the text of a job with its sound, and account for the rest of the recording.

    Each engine makes a pass; the fallbacks try the gaps that the first one leaves; each line is then taken from the
    pass that is surest of it. Raises MediaError where the recording is truncated or damaged, and AlignError where an
    engine fails.
    """
    group = engine if isinstance(engine, EngineGroup) else EngineGroup((engine,))
    passes: list[Pass] = []
    for number, one in enumerate(group.engines):
        result = run_pass(one, job)
        if number == 0:
            result = complete(job, result, one.name, group)
        if not result.recognised:
            if len(group.engines) > 1:
                job.observer.noted(f"the engine {one.name} heard next to nothing of the text")
            continue
        if len(group.engines) > 1:
            result = replace(result, lines=tuple(timed_by(line, one.name) for line in result.lines))
        passes.append(result)
    if not passes:
        return AlignedText()
    recognition = passes[0].recognition
    versions = [Version(one.lines, one.placement.garbage) for one in passes]
    text = versions[0] if len(versions) == 1 else combine(versions)
    untranscribed = find_untranscribed(text.garbage, recognition.speech, text.lines, recognition.loudness)
    sounds = find_sounds(recognition.frames, recognition.speech, text.lines)
    return AlignedText(text.lines, untranscribed, sounds)


def run_pass(engine: Engine, job: Job) -> Pass:
    """Align the text of a job with one engine.

    Raises MediaError where the recording is truncated or damaged, and AlignError where the engine fails.
    """
    # Recognise: words that may be wrong, each with a rough time; unclear chunks are recognised twice.
    recognition = recognise(engine, job)
    # Anchor: runs of words that are certain to be the text's.
    anchors = anchor(job.script, recognition.all_words, engine.time_error)
    if unclear := unclear_chunks(recognition, anchors):
        recognition = recognise_again(engine, job, recognition, unclear)
        anchors = anchor(job.script, recognition.all_words, engine.time_error)
    # No step below needs the chunks; with samples, they are the greater part of the memory.
    recognition = replace(recognition, chunks=())
    recognised = bool(job.pins.cuts) or _share_anchored(job.script, anchors) >= _LEAST_ANCHORED
    # Adapt: fit the voices and the room to the acoustic model.
    normaliser = Normaliser(recognition.frames[:, :CEPSTRA])
    talking = mask_of_times(recognition.speech, len(recognition.frames))
    acoustics = Acoustics(normaliser, talking, adapt(job.script, anchors, normaliser))
    if not recognised:
        placement = Placement((None,) * len(job.script.tokens), (False,) * len(job.script.tokens), ())
        lines = write_lines(job.script, [unspoken(token) for token in job.script.tokens], {})
        return Pass(recognition, acoustics, placement, lines, recognised=False)
    # Segment: cut text and sound at pins, then at pauses within anchors.
    sections = split_at_cuts(job.cuts, len(job.script.tokens), len(recognition.frames))
    segments = segment(job.script, anchors, sections)
    # Place: force-align every token within its segment.
    placement = place(job, segments, anchors, acoustics)
    # Judge, interpolate, settle edges, keep pins, write lines.
    lines = time_lines(job, recognition, placement)
    return Pass(recognition, acoustics, placement, lines)


def time_lines(
    job: Job, recognition: Recognition, placement: Placement, make_scorer: MakeScorer | None = None
) -> tuple[AlignedLine, ...]:
    """Return the aligned lines of a job whose tokens are placed: the second half of a pass."""
    # Judge: how likely each token is where it was placed, and which phrases nobody spoke.
    tokens = judge(job.script, placement, job.pins)
    # Interpolate: times for the few words that were missed between others.
    tokens = interpolate(tokens, placement.garbage)
    # Score: look for the lines in doubt, without recognising a word.
    if make_scorer:
        tokens = score_doubtful(job, make_scorer, recognition, tokens, placement.anchored)
    # Settle edges: a line reaches from its first breath to where its sound ends.
    tokens, spans = settle_edges(tokens, placement.garbage, recognition.loudness)
    # Keep pins: to the millisecond, whatever was found.
    tokens, spans = apply_pins(tokens, spans, job.pins)
    return write_lines(job.script, tokens, spans)


def complete(job: Job, result: Pass, engine: str, group: EngineGroup) -> Pass:
    """Return the pass of the first engine of a group with what the others, and the scorer, find where it left off."""
    if not group.scorer:
        return fill_gaps(job, result, engine, group.fallbacks) if result.recognised else result
    fallbacks = list(group.fallbacks)
    if not result.recognised and fallbacks:
        second, *fallbacks = fallbacks
        try:
            result = run_pass(second.make(), job)
        except AlignError as error:
            job.observer.noted(f"the engine {second.name} can't be tried: {error}")
        else:
            engine = second.name
            result = replace(result, lines=tuple(timed_by(line, engine) for line in result.lines))
    if result.recognised:
        result = fill_gaps(job, result, engine, fallbacks)
    elif job.sound.duration > _LONGEST_WITHOUT_WORDS:
        return result
    return score_lines(job, result, engine, group.scorer)


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
        kept if new == old else replace(new, engine=_named(kept, new, engine, choice.name))
        for kept, old, new in zip(result.lines, before, after, strict=True)
    )
    return replace(result, lines=lines, recognised=any(line.span for line in lines))


def _named(old: AlignedLine, new: AlignedLine, engine: str, scorer: str) -> str | None:
    """Return which engines timed a line of which the times may have changed: next to others, only its edges."""
    if [word.span is None for word in old.words] == [word.span is None for word in new.words] and all(
        one.span.overlap(other.span)
        for one, other in zip(old.words, new.words, strict=True)
        if one.span and other.span
    ):
        return old.engine
    return scorer if old.span is None or old.engine == scorer else f"{old.engine or engine},{scorer}"


def fill_gaps(job: Job, result: Pass, engine: str, fallbacks: Sequence[Fallback]) -> Pass:
    """Return the pass of the engine of this name, with the lines that `fallbacks`, in order, find in its gaps.

    A line that a fallback filled has its name. A fallback that can't be made, or fails, is passed over.
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
        except AlignError as error:
            job.observer.noted(f"the engine {fallback.name} fills no gaps: {error}")
            continue
        written = time_lines(job, result.recognition, placement)
        lines = merge_filled(job.script, gaps, result.lines, written, (engine, fallback.name))
        if lines != result.lines:
            result = replace(result, placement=placement, lines=lines)
    return result


def _share_anchored(script: Script, anchors: Anchors) -> float:
    anchored = sum(run.length for run in anchors.runs)
    return anchored / max(1, min(len(script.words), len(anchors.words)))
