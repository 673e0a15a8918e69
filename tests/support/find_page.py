"""Find as a reader uses it: words typed, and what stands there then."""

from typing import Any

from playwright.sync_api import Page

# Types each phrase and reads what a reader would see: the help's heading, the first results.
ANSWERS = """(phrases) => {
  const field = document.querySelector("[data-module=find] input");
  return phrases.map((phrase) => {
    field.value = phrase;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const help = document.querySelector(".find__help:not([hidden]) h2")?.textContent ?? "";
    const found = [...document.querySelectorAll(".find__results a")].slice(0, 3);
    return { help, found: found.map(({ href }) => href.slice(location.origin.length)) };
  });
}"""


def answers(page: Page, phrases: list[str], address: str = "/find/") -> list[dict[str, Any]]:
    """What Find says to each phrase, in one visit."""
    page.goto(address)
    page.get_by_role("searchbox").wait_for()
    found: list[dict[str, Any]] = page.evaluate(ANSWERS, phrases)
    return found


def under(place: str, accepted: str) -> bool:
    """Whether a place is an accepted page, one of its sections, or the accepted section."""
    return place == accepted or (("#" not in accepted) and place.split("#")[0] == accepted)
