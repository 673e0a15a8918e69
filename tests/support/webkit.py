"""Safari's engine, WebKit, as GNOME builds it, driven the way a reader uses a browser.

The engine reads styles and runs scripts as Safari does; window, fonts and the policy on saving
battery are GNOME's. A page is found out by a small script that is served before all others and
notes each error and each violation of our policy, because the driver has no log of its own.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.support.netlify import Config, Served, load, serve
from tests.support.programs import Missing, require

PATIENCE = 10.0
"""Seconds within which what is awaited must come."""

SCALE = 1.05
"""A window cannot be narrower than 334 of its own pixels: so each is a little larger for 320."""

NEUTRAL = "<!doctype html><title>Forecast</title>Sunny"
"""The page of a stand-in for the neutral site."""

WATCH = """
window.problems = [];
addEventListener("error", (event) => problems.push(
  event.message ?? `cannot load ${event.target.src ?? event.target.href}`), true);
addEventListener("unhandledrejection", (event) => problems.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => problems.push(
  `policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`), true);
for (const level of ["error", "warn"]) {
  const said = console[level];
  console[level] = (...words) => { problems.push(words.join(" ")); said(...words); };
}
window.moments = [];
addEventListener("pageshow", ({ persisted }) => moments.push(persisted));
"""

VISIBLE = """const [roles, name, within] = arguments;
const selectors = {
  button: "button, summary", link: "a[href]", heading: "h1, h2, h3, h4",
  textbox: "input[type=text], input[type=search], textarea", group: "fieldset, [role=group]",
};
const wanted = new RegExp(name, "i");
const words = (e) => (e.ariaLabel || e.labels?.[0]?.textContent
  || e.querySelector(":scope > legend")?.textContent || e.textContent || "")
  .replace(/\\s+/g, " ").trim();
return [...(within ?? document).querySelectorAll(selectors[roles])]
  .filter((e) => e.checkVisibility() && wanted.test(words(e)));"""


def config() -> Config:
    """The host's headers, but for three.

    Two make this engine ask 127.0.0.1 by https. The third gives the neutral site a process of its
    own, and the driver does not find its way back from there.
    """
    ours = load()
    rules = [
        rule.model_copy(
            update={
                "values": {
                    name: value.replace("; upgrade-insecure-requests", "")
                    for name, value in rule.values.items()
                    if name not in ("Strict-Transport-Security", "Cross-Origin-Opener-Policy")
                }
            }
        )
        for rule in ours.headers
    ]
    return ours.model_copy(update={"headers": rules})


def watched(site: Path, copy: Path) -> Path:
    """Copy a built site, with the noting script before all others of each page."""
    shutil.copytree(site, copy)
    (copy / "watch.js").write_text(WATCH, encoding="utf-8")
    for page in copy.rglob("*.html"):
        html = page.read_text("utf-8")
        page.write_text(html.replace("<head>", '<head><script src="/watch.js"></script>'), "utf-8")
    return copy


@contextmanager
def screen(size: str = "1400x1000") -> Iterator[str]:
    """Yield the name of a display that nobody sees."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        try:
            assert running.stdout
            yield f":{running.stdout.readline().decode().strip()}"
        finally:
            running.terminate()


class Reader:
    """A person with WebKit; finds things by role and name, and waits for them."""

    def __init__(self, driver: WebKitGTK, served: Served, neutral: str, display: str) -> None:
        """Hold a running browser, the site it reads, where leaving leads, and the display."""
        self.driver, self.served, self.neutral, self._display = driver, served, neutral, display
        self._aside = 8
        self.version = str(driver.capabilities["browserVersion"])

    def go(self, address: str) -> None:
        """Open a page of the site; its way out leads to the stand-in."""
        self.driver.get(f"{self.served.url}{address}")
        self.run("document.querySelector('[data-module=leave]').href = arguments[0]", self.neutral)

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a function body returns in the page."""
        return self.driver.execute_script(script, *arguments)

    def until(self, found: Callable[[], Any], what: str) -> Any:
        """Return the first true answer; fail with `what` if none comes in time."""
        end = monotonic() + PATIENCE
        while True:
            try:
                if answer := found():
                    return answer
            except WebDriverException:  # a page that is just being replaced answers nothing
                pass
            assert monotonic() < end, f"{what}; the page is {self.address()}"
            sleep(0.02)

    def address(self) -> str:
        """Return the address of this tab without the host, or with it if that is another."""
        return str(self.driver.current_url).removeprefix(self.served.url)

    def all(self, role: str, name: str = "", within: WebElement | None = None) -> list[WebElement]:
        """Return what one can see of a role; name is a regular expression."""
        return list(self.run(VISIBLE, role, name, within))

    def find(self, role: str, name: str = "") -> WebElement:
        """Return the first of a role with a name, once it is there."""
        found = self.until(lambda: self.all(role, name), f"there is no {role} “{name}”")
        return found[0]  # type: ignore[no-any-return]

    def select(self, selector: str) -> list[WebElement]:
        """Return what a CSS selector finds, for what has no name of its own."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def tap(self, element: WebElement) -> None:
        """Bring something into view and tap it."""
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        # Not twice on one spot: two quick taps there are one double tap.
        self._aside = -self._aside
        chain = ActionChains(self.driver, duration=0)
        chain.move_to_element_with_offset(element, self._aside, 0).click().perform()

    def press(self, name: str) -> None:
        """Press the button of a name by the keyboard (two quick taps count as one)."""
        button = self.find("button", name)
        self.run("arguments[0].focus()", button)
        self.type(Keys.ENTER)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        ActionChains(self.driver, duration=0).send_keys(text).perform()

    def shift(self) -> None:
        """Press Shift three times."""
        chain = ActionChains(self.driver, duration=0)
        for key in (Keys.LEFT_SHIFT, "\ue050", Keys.LEFT_SHIFT):
            chain = chain.key_down(key).key_up(key)
        chain.perform()

    def leave(self) -> None:
        """Tap the way out."""
        self.tap(self.find("link", "^Leave this site$"))

    def text(self) -> str:
        """Return the words one can see in the page's main part."""
        return str(self.run("return document.querySelector('main').innerText"))

    def problems(self) -> list[str]:
        """Return what went wrong in this page since it was opened."""
        return list(self.run("return window.problems ?? ['the page does not note problems']"))

    def larger_text(self) -> None:
        """Press Ctrl and + four times, which doubles the text and nothing else."""
        for _ in range(4):
            subprocess.run(
                # Where there is no window manager, keys go to where the pointer is.
                ["xdotool", "mousemove", "100", "300", "key", "ctrl+plus"],
                env={**os.environ, "DISPLAY": self._display},
                check=True,
                timeout=10,
            )
        self.until(
            lambda: self.run("return parseFloat(getComputedStyle(document.body).fontSize) > 34"),
            "the text did not become twice as large",
        )

    def widen(self, width: int) -> None:
        """Make a narrow window as wide as this."""
        self.driver.set_window_size(round(width * SCALE), round(640 * SCALE))
        self.until(lambda: self.run("return innerWidth") == width, "the window stayed as it was")

    def wider_than_the_window(self) -> int:
        """Return by how many pixels the page has to be scrolled sideways."""
        return int(self.run("return document.documentElement.scrollWidth - innerWidth"))

    def shown_from_memory(self) -> bool:
        """Tell whether the page was last shown from the browser's page cache."""
        return bool(self.run("return window.moments?.at(-1)"))


@contextmanager
def reader(site: Path, *options: str, narrow: bool = False) -> Iterator[Reader]:
    """Start WebKit over a watched site; narrow is a window of 320 CSS pixels."""
    require("webkit")
    binary = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if not binary:
        raise Missing("MiniBrowser is not where Debian's webkit2gtk-driver puts it")
    settings = Options()
    settings.binary_location = str(binary[0])
    for option in ("--automation", "--full-screen", *options):
        settings.add_argument(option)
    scale = SCALE if narrow else 1
    # The stand-in is on another port, which makes it another origin.
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory()))
        (folder / "index.html").write_text(NEUTRAL, encoding="utf-8")
        neutral = running.enter_context(serve(folder, config())).url + "/"
        served = running.enter_context(serve(site, config()))
        display = running.enter_context(screen())
        known = {**os.environ, "DISPLAY": display, "GDK_DPI_SCALE": str(scale)}
        path = shutil.which("WebKitWebDriver")
        driver = WebKitGTK(options=settings, service=Service(path, env=known))
        try:
            driver.set_page_load_timeout(PATIENCE)
            width = round(320 * scale) if narrow else 1200
            driver.set_window_size(width, round(640 * scale) if narrow else 900)
            yield Reader(driver, served, neutral, display)
        finally:
            driver.quit()
