"""The answer code as its published scheme has it, written a second time to compare with.

Crockford's base 32 (crockford.com/base32.html) with its check symbol, over a number in mixed radix.
"""

from macros.quiz.model import Quiz
from tests.support.responses import Given

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


def code(quiz: Quiz, responses: Given) -> str:
    """Return the code of responses, private ones left out."""
    number, unit, top = quiz.edition, 64, 64
    for item in quiz.items:
        if item.private:
            continue
        ids = [o.id for o in item.options]
        chosen = responses.get(item.id, frozenset())
        if item.kind == "single":
            digit, radix = (ids.index(next(iter(chosen))) + 1 if chosen else 0), len(ids) + 1
        else:
            digit, radix = sum(1 << n for n, o in enumerate(ids) if o in chosen), 1 << len(ids)
        number += digit * unit
        unit *= radix
        top *= radix
    length = 0
    while 32**length < top:
        length += 1
    text = "".join(SYMBOLS[number // 32**n % 32] for n in reversed(range(length)))
    text += SYMBOLS[number % 37]
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))
