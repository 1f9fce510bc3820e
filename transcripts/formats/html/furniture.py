"""Find the furniture of a web page: navigation, share links, notices, footers.

The text is the deepest element with nearly all of the page's prose. Around and inside it, elements that call themselves
navigation or the like are furniture, and so are runs of links after the last sentence.
"""

from __future__ import annotations

import re

from asdelivered.transcripts.formats.html.blocks import Block, Blocks, Element
from asdelivered.transcripts.structure.dates import is_date_line
from asdelivered.transcripts.word_lists import read_word_lists

_TAGS = frozenset({"nav", "footer", "aside", "form", "menu", "dialog", "figure", "figcaption", "fieldset"})
_ALWAYS = frozenset({"nav", "footer"})
"""These are furniture however large they are."""
_WORDS = read_word_lists(__file__)
_NAMES = _WORDS["names"]
"""Words of class, id and role attributes."""
_PARAGRAPHS = frozenset({"p", "li", "dd", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_MOST = 1 / 3
"""A share of the page's letters. A larger element is not furniture, whatever it calls itself."""
_PROSE = 0.85
"""The text has at least this share of the page's prose."""
_MOST_BELOW_TITLE = 6
"""Blocks between a title of a lower level and the text: who speaks, where, and when."""
_ENDS = (".", "!", "?", "…", "”", '."', "。", "！", "？", "।", "؟", "۔", "։", "።", "」")
_SENTENCE = 40
"""A block with at least this many letters outside links is prose."""
_LINE = re.compile(
    r"\W*(?:share(?:\s+(?:this|on)\b.{0,40})?|tweet|follow\s+us.{0,30}|print(?:\s+this.{0,20})?|e-?mail|copy\s+link|"
    r"facebook|twitter|x|linkedin|whatsapp|telegram|bluesky|instagram|youtube|reddit|pinterest|mastodon|threads|"
    r"back\s+to\s+(?:the\s+)?top|top|skip\s+to\s+.{0,40}|read\s+more|see\s+(?:also|more).{0,20}|load\s+more|"
    r"download(?:\s+.{0,40})?|related(?:\s+\w+){0,3}|menu|search|home|close|next|previous|subscribe.{0,30}|"
    r"accept(?:\s+all)?(?:\s+cookies)?|cookie\s+settings|listen|play|watch(?:\s+.{0,30})?|"
    r"partager(?:\s+.{0,40})?|imprimer|télécharger.{0,40}|retour\s+en\s+haut.{0,20}|lire\s+(?:aussi|la\s+suite).{0,20}|"
    r"teilen|drucken|seite\s+(?:drucken|teilen|empfehlen)|herunterladen.{0,40}|nach\s+oben|zum\s+seitenanfang|mehr\s+zum\s+thema|"
    r"compartilhe.{0,40}|compartir.{0,40}|imprimir|descargar.{0,40}|volver\s+arriba|condividi.{0,40}|stampa|scarica.{0,40}|torna\s+su|"
    r"delen|deel\s+.{0,30}|afdrukken|downloaden.{0,40}|naar\s+boven|partilhar.{0,40}|descarregar.{0,40}|voltar\s+ao\s+topo|"
    r"udostępnij.{0,40}|drukuj|pobierz.{0,40}|powrót.{0,20})\W*",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"\W*(?:(?:story|article)\s+continues\s+(?:below|after)(?:\s+(?:this\s+)?(?:advertisement|ad))?|advertisement|"
    r"skip\s+advertisement|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|reklama|annons)\W*",
    re.IGNORECASE,
)
"""A line of nothing else, around advertisements."""
_UNSUBSCRIBE = re.compile(
    r"\b(?:unsubscribe|(?:manage|update)\s+(?:your\s+)?(?:email\s+)?(?:preferences|subscriptions?)|abmelden|abbestellen|"
    r"se\s+désabonner|désinscri\w+|darse\s+de\s+baja|cancelar\s+(?:la\s+|a\s+)?(?:suscripción|subscrição|inscrição)|"
    r"disiscriv\w+|annulla\w*\s+l.iscrizione|afmelden|uitschrijven|wypisz\s+się|avprenumerera|afmeld\w*|avmeld\w*)",
    re.IGNORECASE,
)
"""The link at the foot of a message that goes to many."""
_RECEIVED = re.compile(
    r"\b(?:receiv\w+|sent|erhalten|recevez|recibe\w*|recebe\w*|ricev\w+|ontvangt|otrzym\w+|får)\b.{0,60}"
    r"\b(?:because|as\s+you|weil|da\s+sie|car\s+vous|parce|porque|perché|omdat|ponieważ|eftersom|fordi)\b",
    re.IGNORECASE,
)
"""Why somebody receives a message."""
_COUNT = re.compile(r"\d[\d.,]*\s?[KkMm]?(?:\s+[^\W\d_]+)?")
"""A number as web sites show how many like something: "12", "1.2K Followers"."""
_FOOT = 12
"""Blocks, from the end, within which the foot of a message stands."""


def furniture(page: Blocks) -> frozenset[int]:
    """Return the indices of the blocks that are neither the text of the page nor its heading."""
    blocks = page.blocks
    aside = {number for number, inside in enumerate(_flagged(page)) if inside}
    aside |= {number for number, block in enumerate(blocks) if _is_tool(block)}
    aside |= _foot_of_message(blocks)
    rest = [number for number in range(len(blocks)) if number not in aside]
    main = _main(page, rest)
    text = [number for number in rest if _within(page, blocks[number].element, main)]
    if not text:
        return frozenset(aside)
    title = _title(blocks, rest, text)
    for number in rest:
        above = title is not None and number < title and not _is_date_above(blocks, number, title)
        untitled = title is None and blocks[number].heading == 0
        if above or number > text[-1] or (number < text[0] and (untitled or _is_linked(blocks[number]))):
            aside.add(number)
    return frozenset(aside | _last_links(blocks, text, aside) | _first_links(blocks, text, title))


def _flagged(page: Blocks) -> list[bool]:
    """Return for each block whether it is in an element that calls itself furniture."""
    letters = [0] * len(page.elements)
    titled = [False] * len(page.elements)
    for block in page.blocks:
        letters[block.element] += block.letters
        titled[block.element] |= block.heading == 1
    for number in range(len(page.elements) - 1, 0, -1):
        parent = page.elements[number].parent
        letters[parent] += letters[number]
        titled[parent] |= titled[number]
    flags = [False] * len(page.elements)
    for number, element in enumerate(page.elements[1:], start=1):
        small = letters[number] <= _MOST * letters[0] or element.tag in _ALWAYS
        flags[number] = flags[element.parent] or (small and not titled[number] and _is_named(element))
    return [flags[block.element] for block in page.blocks]


def _is_named(element: Element) -> bool:
    return element.tag in _TAGS or not _NAMES.isdisjoint(element.names)


def _is_tool(block: Block) -> bool:
    if len(block.rows) != 1:
        return False
    text = block.rows[0].content
    return (block.linked > 0 and _LINE.fullmatch(text) is not None) or _ADVERTISEMENT.fullmatch(
        text
    ) is not None


def _foot_of_message(blocks: list[Block]) -> set[int]:
    """Return the blocks from the one with a link to unsubscribe on, and the one above it that says who receives it."""
    first = next(
        (
            number
            for number in range(max(1, len(blocks) - _FOOT), len(blocks))
            if blocks[number].linked and any(_UNSUBSCRIBE.search(row.content) for row in blocks[number].rows)
        ),
        len(blocks),
    )
    if first < len(blocks) and any(_RECEIVED.search(row.content) for row in blocks[first - 1].rows):
        first -= 1
    return set(range(first, len(blocks)))


def _is_linked(block: Block) -> bool:
    return block.letters > 0 and block.linked >= 0.9 * block.letters


def _main(page: Blocks, rest: list[int]) -> int:
    """Return the element with the text: the deepest with nearly all the prose."""
    prose = [0] * len(page.elements)
    for number in rest:
        block = page.blocks[number]
        if _is_prose(block):
            prose[block.element] += block.letters - block.linked
    for number in range(len(page.elements) - 1, 0, -1):
        prose[page.elements[number].parent] += prose[number]
    # Parents come before their children, so the last that is large enough is the deepest.
    main = max((number for number in range(len(prose)) if prose[number] >= _PROSE * prose[0] > 0), default=0)
    # A short speech may have one long paragraph; what stands beside it is said as well.
    while page.elements[main].tag in _PARAGRAPHS:
        main = page.elements[main].parent
    return main


def _is_prose(block: Block) -> bool:
    if block.heading or block.letters == block.linked:
        return False
    sentence = block.linked <= 0.5 * block.letters and block.rows[-1].content.endswith(_ENDS)
    return block.letters - block.linked >= _SENTENCE or len(block.rows) > 3 or sentence


def _within(page: Blocks, element: int, outer: int) -> bool:
    while element > outer:
        element = page.elements[element].parent
    return element == outer


def _title(blocks: list[Block], rest: list[int], text: list[int]) -> int | None:
    """Return the block of the page's title: the last first-level heading before the text."""
    titles = [number for number in rest if blocks[number].heading == 1]
    before = [number for number in titles if number <= text[0]] or titles[:1]
    if not titles:
        # A page may begin its headings at a lower level; then the one nearest above the text is its title.
        lower = [at for at in rest if at < text[0] and blocks[at].heading > 1 and not _is_linked(blocks[at])]
        before = lower[-1:] if lower and text[0] - lower[-1] <= _MOST_BELOW_TITLE else []
    return before[-1] if before and before[-1] <= text[-1] else None


def _last_links(blocks: list[Block], text: list[int], aside: set[int]) -> set[int]:
    """Return the links and their headings after the last sentence of the text."""
    found: set[int] = set()
    linked = False
    for number in reversed(text):
        block = blocks[number]
        if number in aside or block.rule:
            continue
        if _is_linked(block):
            linked = True
        elif not (linked and (block.heading > 1 or _is_date(block) or _is_count(block))):
            break
        found.add(number)
    return found if linked else set()


def _is_count(block: Block) -> bool:
    """Return whether a block only counts those who liked or follow something, or has no letter at all."""
    return len(block.rows) == 1 and (not block.letters or _COUNT.fullmatch(block.rows[0].content) is not None)


def _is_date(block: Block) -> bool:
    return len(block.rows) == 1 and is_date_line(block.rows[0].content)


def _is_date_above(blocks: list[Block], number: int, title: int) -> bool:
    """Return whether a block is the date right above a title of a lower level."""
    return number == title - 1 and blocks[title].heading > 1 and _is_date(blocks[number])


def _first_links(blocks: list[Block], text: list[int], title: int | None) -> set[int]:
    """Return the links inside the text above its title, such as a breadcrumb trail."""
    return {number for number in text if title is not None and number < title and _is_linked(blocks[number])}
