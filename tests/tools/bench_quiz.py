"""How reading, proving and drawing the quiz grow with the question file: 10, 100, 1,000 items.

Run alone: ``python -m tests.tools.bench_quiz``. ``rows()`` is for the runner of all benchmarks.
"""

import sys
from collections.abc import Callable, Iterator
from time import perf_counter

from macros.data.yaml_reader import parse
from macros.quiz import proof
from macros.quiz.checks import problems
from macros.quiz.model import Quiz
from macros.render import Renderer
from macros.site import Site, read_site
from tests.support.netlify import ROOT

SIZES = (10, 100, 1_000)

ITEM = """\
  - id: i{n}
    part: one
    kind: single
    stem: Is number {n} so?
    about: care.md#quietly
    why: To know.
    options:
      - {{id: no, text: "No", restatement: it is not, feedback: All right., see: care.md#quietly}}
      - {{id: maybe, text: Maybe, restatement: it may be, feedback: Think., see: care.md#quietly}}
      - {{id: yes, text: "Yes", restatement: it is, feedback: Go on., see: care.md#quietly}}
"""
OUTCOME = """\
  - id: {name}
    priority: {priority}
    encourages_contact: no
    title: Step {name}
    text: Words.
    next: [care.md]
    picture: {{apart: 60, says: Two circles}}
"""


def question_file(items: int) -> str:
    """A question file with as many items, each looked at by one rule of one of ten outcomes."""
    text = "edition: 1\nflags: []\nopening_help: [care.md]\n"
    text += "parts:\n  - {id: one, title: One}\nitems:\n"
    text += "".join(ITEM.format(n=n) for n in range(items)) + "outcomes:\n"
    for outcome in range(10):
        text += OUTCOME.format(name=f"o{outcome}", priority=outcome + 2) + "    when:\n"
        text += "".join(f"      - i{n}: [yes]\n" for n in range(outcome, items, 10))
    return text + OUTCOME.format(name="last", priority=20)


def seconds(work: Callable[[], object]) -> float:
    """The shortest of three runs."""
    times = []
    for _ in range(3):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def rows() -> Iterator[tuple[str, int, float]]:
    """What was done, with how many items, and how many seconds it took."""
    site = read_site(ROOT)
    for size in SIZES:
        text = question_file(size)

        def read(text: str = text) -> Quiz:
            document = parse(text, Quiz)
            document.errors(problems(document.record))
            return document.record

        quiz = read()
        renderer = Renderer(Site(**{**vars(site), "quiz": quiz}), lambda ref: f"/{ref}")
        yield "read and check", size, seconds(read)
        yield "render the quiz", size, seconds(renderer.quiz)
        yield "render the flow", size, seconds(renderer.flow_picture)
        if size <= 100:  # the proof grows with the square of the rules
            yield "prove", size, seconds(lambda quiz=quiz: list(proof.problems(quiz)))


def main() -> int:
    """Print a line for each row, with the time for one item."""
    for what, size, took in rows():
        print(f"{what:16} {size:5} items {took * 1e3:9.1f} ms {took / size * 1e6:8.0f} us an item")
    return 0


if __name__ == "__main__":
    sys.exit(main())
