"""Ways to leave the site, and a stand-in for the neutral site they lead to."""

import re

from playwright.sync_api import Page, Route

LEAVE = "https://www.weather.gov/"
"""Written a second time, so that a change of the site's own constant is noticed."""

TO_NEUTRAL = f"^request to another host: {re.escape(LEAVE)}$"


def by_click(page: Page) -> None:
    """Leave with the mouse. (Playwright's own click would wait for the neutral site.)"""
    leave = page.get_by_role("link", name="Leave this site", exact=True)
    leave.scroll_into_view_if_needed()  # it needs it only where the style did not come
    box = leave.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def by_shift(page: Page) -> None:
    """Leave by the keyboard, both Shift keys in turn."""
    for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        page.keyboard.press(key)


WAYS = {"click": by_click, "shift": by_shift}


def forecast(page: Page) -> list[dict[str, str]]:
    """Stand in for the neutral site; the list fills with the headers of each request to it."""
    asked: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        asked.append(route.request.all_headers())
        route.fulfill(body="<title>Forecast</title>Sunny", content_type="text/html")

    page.context.route(LEAVE, answer)
    return asked


def silence(page: Page) -> Page:
    """Let the neutral site send no page, so that ours stays, whatever it has become.

    (204 does that. While a browser waits for an answer, nothing can be asked of the page.)
    """
    page.context.route(LEAVE, lambda route: route.fulfill(status=204))
    return page
