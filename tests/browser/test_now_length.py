"""The page for a hard minute is short enough for a small phone."""

from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize

SMALL_PHONE: ViewportSize = {"width": 360, "height": 640}
HIGHEST = 5_000


def test_right_now_is_at_most_5000_pixels_high_on_a_small_phone(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(size=SMALL_PHONE)
    page.goto("/now/")
    page.get_by_role("heading", name="In the morning").wait_for()
    assert page.evaluate("document.documentElement.scrollHeight") <= HIGHEST
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]
