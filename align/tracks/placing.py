"""The placing of texts: which of a recording's sounds each takes, by how well it fits them.

Several texts, such as the floor and its interpretation, are placed together: each has a sound of its own where there
are enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from asdelivered.media.sound import SoundChoice, describe

_FITS = 0.18
"""Share of the words recognised that must be the text's: of an accented speaker over a telephone, or one of two, 0.28
and more; of other speech, 0.09 at most."""
_MUCH = 2.0
"""How many times better a text must fit a sound that another text has than any free one, for the two to share it."""


@dataclass(frozen=True)
class Candidate:
    """A sound that a text may take: how well the text fits it, and that with what speaks for it beside.

    `tagged`: the file says that the sound is in the text's language.
    """

    choice: SoundChoice
    share: float
    weight: float
    tagged: bool

    @property
    def fits(self) -> bool:
        """Whether the text is heard in it."""
        return self.share >= _FITS


@dataclass(frozen=True)
class Placed:
    """The sound that a text takes, its channels where each holds a speaker, and why."""

    choice: SoundChoice
    channels: tuple[SoundChoice, ...]
    why: str


def place_texts(
    candidates: Mapping[int, Sequence[Candidate]], given: Mapping[int, SoundChoice]
) -> dict[int, Placed]:
    """Return the sound of each text, by its number, of its candidates, of which the first is preferred.

    The surest pair of a text and a free sound comes first, and so on.
    """
    taken = dict(given)
    placed: dict[int, Placed] = {}

    def take(number: int, found: Placed) -> None:
        placed[number] = found
        taken[number] = found.choice

    while pairs := [
        (one.weight, -number, one)
        for number in candidates
        if number not in placed
        for one in _suitable(candidates[number], taken)
    ]:
        _, negative, best = max(pairs, key=lambda pair: pair[:2])
        rivals = [
            one
            for number, sounds in candidates.items()
            if number not in {*placed, -negative}
            for one in sounds
        ]
        take(-negative, _where_heard(best, candidates[-negative], taken, rivals))
    for number, sounds in candidates.items():
        if number not in placed:
            take(number, _without_a_sound(sounds, taken))
    return placed


def _suitable(sounds: Sequence[Candidate], taken: Mapping[int, SoundChoice]) -> list[Candidate]:
    """Return the free sounds that a text fits; none where it fits one much better that another text has."""
    free = [one for one in sounds if _is_free(one, taken)]
    return [] if _fits_much_better(sounds, free) else [one for one in free if one.fits]


def _fits_much_better(sounds: Sequence[Candidate], free: Sequence[Candidate]) -> bool:
    """Return whether a text fits one of the sounds much better than any that is free."""
    best = max(sounds, key=lambda one: one.share)
    return (
        best.fits and best.share > _MUCH * max((one.share for one in free), default=0.0) and best not in free
    )


def _where_heard(
    best: Candidate,
    sounds: Sequence[Candidate],
    taken: Mapping[int, SoundChoice],
    rivals: Sequence[Candidate],
) -> Placed:
    """Return the sound that a text fits best, and those of its channels that hold a speaker each.

    A channel that a text without a sound fits better, one of the `rivals`, is left to that text.
    """
    fitting = [
        one
        for one in sounds
        if one.choice.track == best.choice.track
        and one.fits
        and _is_free(one, taken)
        and not any(other.choice == one.choice and other.share > one.share for other in rivals)
    ]
    if len(fitting) > 1:
        spoken = " and ".join(describe(one.choice).partition(" of ")[0] for one in fitting)
        return Placed(
            replace(best.choice, channel=None),
            tuple(one.choice for one in fitting),
            f"the text is heard on {spoken}: each is aligned by itself",
        )
    others = ", ".join(f"{describe(one.choice)}: {one.share:.0%}" for one in sounds if one is not best)
    why = f"of the words heard in samples of it, {best.share:.0%} are the text's ({others})"
    return Placed(best.choice, (), why)


def _without_a_sound(sounds: Sequence[Candidate], taken: Mapping[int, SoundChoice]) -> Placed:
    """Return the sound of a text for which no free one is clearly meant."""
    free = [one for one in sounds if _is_free(one, taken)]
    if _fits_much_better(sounds, free):
        best = max(sounds, key=lambda one: one.weight)
        return Placed(best.choice, (), "another text has it, too, but this one is heard nowhere else")
    unclear = "the samples do not show where the text is heard"
    if not taken or not free:
        return Placed(replace(sounds[0].choice, channel=None), (), unclear)
    likeliest = max(free, key=lambda one: (one.tagged, one.weight))
    others = " and ".join(dict.fromkeys(describe(choice) for choice in taken.values()))
    return Placed(likeliest.choice, (), f"{unclear}, and another has {others}")


def _is_free(sound: Candidate, taken: Mapping[int, SoundChoice]) -> bool:
    return not any(
        sound.choice.track == other.track
        and (sound.choice.channel is None or other.channel is None or sound.choice.channel == other.channel)
        for other in taken.values()
    )
