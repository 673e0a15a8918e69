"""How long a press of Continue takes, on a processor six times slower."""

from collections.abc import Callable

from playwright.sync_api import Browser

from tests.support.quiz_page import asked, open_quiz

AT_ONCE = 50
"""Milliseconds from a key press to the next question, on a processor six times slower."""

# From the key to the pixels, as the browser itself measures it (Event Timing): in steps of 8 ms,
# and nothing of what took less than 16. A press is two events, the key's and the click's.
STOPWATCH = """() => {
    const seen = [];
    new PerformanceObserver((list) => {
        for (const { name, startTime, duration } of list.getEntries()) {
            if (name === "keydown" || name === "click") seen.push({ startTime, duration });
        }
    }).observe({ type: "event", durationThreshold: 16 });
    window.begun = [];
    window.took = () => begun.map((start, n) => {
        const own = seen.filter((e) => e.startTime >= start && !(e.startTime >= begun[n + 1]));
        return Math.max(16, ...own.map((e) => e.duration));
    });
}"""


def walked(browser: Browser, base: str) -> list[float]:
    """Walk the quiz by keyboard, six times slower; milliseconds from each question to the next."""
    page = browser.new_page(base_url=base)
    open_quiz(page)
    # The reader reads the first question first; by then the circles have come to rest.
    page.evaluate("Promise.all(document.getAnimations().map((move) => move.finished))")
    page.evaluate(STOPWATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    while asked(page):
        page.evaluate("begun.push(performance.now())")
        page.get_by_role("button", name="Continue", exact=True).press("Enter")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
    took: list[float] = page.evaluate("took()")
    page.close()
    return took[:-1]  # the last press leads to the review


def shortest(walk: Callable[[], list[float]], walks: int) -> list[float]:
    """Of each press the shortest of some walks: what else the machine does can only add to one.

    Ends as soon as each was short enough.
    """
    least = walk()
    for _ in range(walks - 1):
        if max(least) > AT_ONCE:
            least = [min(pair) for pair in zip(least, walk(), strict=True)]
    return least
