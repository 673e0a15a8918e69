"""How long a reader waits for the first screen on a slow line and a weak phone."""

from playwright.sync_api import Browser

SLOW_LINE = "400 kbit/s, 400 ms, weak phone"

LINE = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
"""400 kbit/s, and 400 ms until an answer begins."""

SLOWER = 6
"""How many times slower the phone's processor is than this machine's."""

PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  const first = list.getEntries().find(({ name }) => name === "first-contentful-paint");
  if (first) done(first.startTime);
}).observe({ type: "paint", buffered: true }))"""


def first_screen(browser: Browser, base: str, address: str) -> float:
    """Return the milliseconds until a page's first words are painted, nothing being in the cache.

    Its title must then be there to read.
    """
    context = browser.new_context(base_url=base, viewport={"width": 360, "height": 640})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **LINE})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    took = float(page.evaluate(PAINTED))
    assert page.get_by_role("heading", level=1).first.is_visible()
    context.close()
    return took
