"""A report on clips, for people: the clips on stdout, remarks and failures on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asdelivered.app.console.text import print_message, print_result
from asdelivered.base.clocks import clock, shortened
from asdelivered.base.counting import counted

if TYPE_CHECKING:
    from asdelivered.clips.clipper import ClipReport
    from asdelivered.media.rendering.proof import ClipProof

LONGEST = 72
"""Characters of a quote that are shown."""


def print_report(report: ClipReport, quiet: bool = False) -> None:
    """Print the clips and their files, unless `quiet`; on stderr remarks and failures."""
    if not quiet:
        pairs = zip(report.clips, report.proofs, strict=True)
        for number, (planned, proof) in enumerate(pairs, start=1):
            clip = planned.clip
            start, end = clock(round(clip.start * 1000)), clock(round(clip.end * 1000))
            print_result(f"{number}. {start} to {end}  {shortened(clip.name, LONGEST)}")
            for note in clip.notes:
                print_result(f"   {note}")
            if proof is not None:
                print_result(f"   verified: {_shown(proof)}")
        if report.files or report.lists:
            print_result("Files written:")
        for path in (*report.files, *report.lists):
            print_result(f"  {path}")
    for remark in report.remarks:
        print_message(f"asdelivered: {remark}")
    for failure in report.failures:
        wanted = failure.request
        quote = f" “{shortened(wanted.text, LONGEST)}”:" if wanted.text else ""
        print_message(f"asdelivered: {wanted.where}:{quote} {failure.reason}")
    if report.failures:
        clips, failures = counted(_made(report), "clip"), counted(len(report.failures), "failure")
        print_message(f"asdelivered: {clips} made, {failures}")


def _made(report: ClipReport) -> int:
    """Return how many clips were made: where they were to be rendered, those with a file."""
    if report.reel and report.rendered:
        return len(report.clips) if report.files else 0
    return sum(bool(one.files) for one in report.rendered) if report.rendered else len(report.clips)


def _shown(proof: ClipProof) -> str:
    """Return what was measured in a rendered clip, in a line."""
    parts = [] if proof.frame is None else [f"first picture is frame {proof.frame}"]
    if proof.offset is None or proof.match is None:
        parts.append("silent, as the recording is there")
    else:
        parts.append(f"sound off by {abs(proof.offset):.1f} ms (match {proof.match:.2f})")
    if proof.words:
        parts.append(f"sound in {proof.sounding} of {counted(proof.words, 'word')}")
    if proof.heard is not None:
        parts.append(f"{proof.heard} heard by the recogniser")
    return ", ".join(parts)
