"""What is looked at in an open page: see probes.js. And axe, with the rules we hold."""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SOURCE = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_AXE = Axe().axe_script

# axe's rule for AAA leaves what is under 4.5:1 (3:1 if large) to its rule for AA, so alone it would
# pass the worst. Without those limits it reports all that is under 7:1.
_AXE += """;axe.configure({ checks: [{ id: "color-contrast-enhanced", options: {
    ignoreUnicode: true, ignoreLength: false, ignorePseudo: false,
    boldValue: 700, boldTextPt: 14, largeTextPt: 18,
    contrastRatio: { normal: { expected: 7 }, large: { expected: 4.5 } },
    pseudoSizeThreshold: 0.25, shadowOutlineEmMax: 0.1, textStrokeEmMin: 0.03,
} }] })"""

# Everything axe knows for WCAG 2.2 up to AAA, and its own advice. Of the two rules on contrast the
# stricter, AAA, need alone run. To read the stylesheets takes as long as all else, for the one rule
# on orientation: test_published looks for what that would find.
OFF = {"enabled": False}
RULES: dict[str, Any] = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    ],
    "rules": {
        "color-contrast-enhanced": {"enabled": True},
        **dict.fromkeys(("color-contrast", "css-orientation-lock"), OFF),
    },
    "preload": False,
}
# What colors and widths can change. The rest is the same in every profile, and on a page whose
# elements all stand on others too, it is the rest that is its own.
_STYLE = [
    *("color-contrast-enhanced", "link-in-text-block", "target-size"),
    "scrollable-region-focusable",
]
LOOKS: dict[str, Any] = {"runOnly": {"type": "rule", "values": _STYLE}, "preload": False}
CONTRAST = {"runOnly": {"type": "rule", "values": _STYLE[:1]}, "preload": False}
STRUCTURE = {**RULES, "rules": {**RULES["rules"], **dict.fromkeys(_STYLE, OFF)}}
# The package's own call hands over all that passed too, which takes as long as the looking.
_LOOK = """([within, rules]) => axe
  .run(within ?? document, { resultTypes: ["violations"], ...rules })
  .then(({ violations }) => violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 4).map(({ target }) => target)}`))"""

# WCAG 1.4.12: what a reader may set, and nothing may be lost.
SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
FORCED = "*{-webkit-text-fill-color:CanvasText}"
"""axe asks for a text's fill, which Chromium tells as the author wrote it, not as it is forced."""
DOUBLED = "html{font-size:200%!important}"
"""What a phone's own setting for large text does."""


def probe(page: Page, name: str, argument: Any = None) -> Any:
    """Run a function of probes.js in the open page; return its findings."""
    return page.evaluate(f"argument => ({_SOURCE}).{name}(argument)", argument)


def probes(page: Page, where: str, *names: str) -> dict[str, list[str]]:
    """Run functions of probes.js in the open page, in one call; return what has findings."""
    found = page.evaluate(
        f"names => {{ const all = {_SOURCE}; return names.map(name => [name, all[name]()]) }}",
        names,
    )
    return {f"{where}: {name}": each for name, each in found if each}


def wait_until_clean(page: Page, name: str) -> None:
    """Wait until a function of probes.js finds nothing more; fail with what it still finds."""
    # In one call: the site's own policy does not let a string be evaluated again and again.
    found = page.evaluate(
        f"""async () => {{
            const look = () => ({_SOURCE}).{name}();
            const end = performance.now() + 5_000;
            while (look().length && performance.now() < end) {{
                await new Promise((done) => setTimeout(done, 50));
            }}
            return look();
        }}"""
    )
    assert found == []


def axe(page: Page, within: str | None = None, rules: dict[str, Any] = RULES) -> list[str]:
    """Return axe's findings on the open page, or within a part of it, each with its places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    return list(page.evaluate(_LOOK, [within, rules]))


def restyle(page: Page, css: str) -> None:
    """Add a reader's own style to the open page, in place of one added before."""
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
        }""",
        css,
    )


def tab_through(page: Page) -> list[str]:
    """Press Tab from the top of a fresh page to its end; return what is wrong on the way.

    Each stop must show that it has the focus, lie in view, come in the order of the page, and none
    may be missing.
    """
    stops: int = probe(page, "watchFocus")
    for pressed in range(stops + 40):
        page.keyboard.down("Tab")  # held, it goes on to the next as if pressed again
        if pressed > stops and page.evaluate("document.activeElement === document.body"):
            break
    page.keyboard.up("Tab")
    places: list[dict[str, Any]] = page.evaluate("places")
    # Past the last stop the walk may begin anew at the top.
    end = next((n for n, p in enumerate(places) if n and p["order"] <= places[0]["order"]), None)
    places = places[:end]
    found = [f"focus not seen: {p['name']}" for p in places if not (p["shown"] and p["seen"])]
    orders = [place["order"] for place in places]
    if orders != sorted(orders):
        found.append("focus out of order")
    if len(places) < stops:
        found.append(f"the keyboard reaches {len(places)} of {stops}")
    return found
