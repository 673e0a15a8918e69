"""A key press brings the next question at once, also on a slow phone."""

import pytest
from playwright.sync_api import Browser

from tests.support.netlify import Served
from tests.support.speed import AT_ONCE, shortest, walked


@pytest.mark.slow
@pytest.mark.alone
def test_the_next_question_comes_at_once(whole_browser: Browser, served: Served) -> None:
    """Each of them, the second as well as the last."""
    least = shortest(lambda: walked(whole_browser, served.url), 15)
    assert len(least) > 10
    assert max(least) <= AT_ONCE, least
