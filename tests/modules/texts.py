"""A small scenario as text, and ways to break it."""

TEXT = """\
format: 1
slug: de-tas
title: De tas
purpose: practice
note: Een jongere komt laat thuis.
start: gang
nodes:
  - id: gang
    kind: situation
    text: |-
      Kwart over negen. Sem komt binnen.

      Hij houdt zijn tas vast.
    next: sem-zegt

  - id: sem-zegt
    kind: turn
    speaker: Sem
    text: Niks aan de hand.
    next: kies

  - id: kies
    kind: decision
    text: Wat doet u?
    choices:
      - id: vraag
        text: ‘Wat bedoel je?’
        quality: "++"
        consequence: Hij kijkt op.
        why: U vult niets in.
        competencies: [C3, C4]
        next: terug

      - id: overleg
        text: Ik bel eerst een collega.
        quality: "+"
        consult: true
        why: U staat er niet alleen voor.
        next: terug

  - id: terug
    kind: debrief
    text: Sem vertelde iets.
    takeaways:
      - Vraag open.
      - Wees stil.
    next: einde

  - id: einde
    kind: end
    text: Tot hier.
"""


def line_with(words: str, text: str = TEXT) -> int:
    """The number of the first line with these words."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)
