"""How easy a Spanish text is to read, from a true count of its syllables.

Libraries count by hyphenation, which leaves a word like "día" whole: they find a twentieth too few,
and a text seems easier by five to eight points.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.support.reading import words

VOWELS = "aeiouáéíóúü"
STRONG = "aeoáéíóú"  # an i or u with an accent stands apart, as a, e and o do


@dataclass(frozen=True)
class Ease:
    """Two measures of a text, each about 100 for the easiest and 0 for the hardest.

    ``fernandez_huerta`` is 206.84 - 60 S/P - 1.02 P/F (Fernández Huerta, 1959), ``inflesz``
    206.835 - 62.3 S/P - P/F (Szigriszt-Pazos, 1993, read on the scale of Barrio-Cantalejo and
    others, 2008), of S syllables, P words, F sentences.
    """

    fernandez_huerta: float
    inflesz: float


def ease(sentences: Sequence[str]) -> Ease:
    """How easy some sentences are, at least one."""
    told = [words(sentence) for sentence in sentences]
    count = sum(map(len, told))
    per_word = sum(syllables(word) for sentence in told for word in sentence) / count
    per_sentence = count / len(told)
    return Ease(
        206.84 - 60 * per_word - 1.02 * per_sentence, 206.835 - 62.3 * per_word - per_sentence
    )


def syllables(word: str) -> int:
    """The syllables of a word: its groups of vowels, those apart that are spoken apart.

    At least one; of an address one, since nobody reads it out.
    """
    if re.search(r"\w[./@]\w", word):
        return 1
    spoken = re.sub(r"[^a-záéíóúüñ]", "", word.lower())
    spoken = re.sub(r"([qg])u(?=[eiéí])", r"\1", spoken).replace("h", "")
    spoken = re.sub(r"y$", "i", spoken)
    total, before = 0, ""
    for letter in spoken:
        if letter not in VOWELS:
            before = ""
            continue
        apart = (letter in STRONG and before in STRONG) or letter == before
        total += not before or apart
        before = letter
    return max(total, 1)
