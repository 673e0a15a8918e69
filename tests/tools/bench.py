"""Measure weight, paint, build and growth, against plain Material and a hand-written page.

`make bench` prints one table: the figure, what it was when it was last kept, its limit. `--keep`
writes the figures to tests/bench.json. `--quick` leaves Lighthouse out. Exits with 1 if a limit is
missed. Lighthouse comes from npm, into a cache folder outside the project, and only here. It drives
the headless shell where there is one: the whole browser's own work takes turns with the page's on
a machine of few cores, and is then counted as the page's.
"""

import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import playwright
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, sync_playwright

from macros.render import Renderer
from macros.site import MACROS, read_site
from tests.support.browsers import CHROMIUM_ARGS, shell_path
from tests.support.builds import build
from tests.support.journeys import addresses
from tests.support.netlify import ROOT, serve
from tests.support.slow_line import SLOW_LINE, first_screen
from tests.support.speed import AT_ONCE, shortest, walked
from tests.support.weight import is_tool, loaded, wire
from tests.tools import bench_quiz

KEPT = ROOT / "tests" / "bench.json"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "hold-on-bench"
LIGHTHOUSE = "lighthouse@13.5.0"
SAMPLE = "/talk/"
MORE_PAGES = (10, 100, 1_000)
SCORES = ("performance", "accessibility", "best-practices", "seo")
LOOKS = 5


@dataclass(frozen=True)
class Figure:
    """One line of the table. A limit is the largest value allowed, or the smallest if `least`.

    `where` is the page the value was found on.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    least: bool = False
    where: str = ""

    @property
    def misses(self) -> bool:
        """Whether the limit is not held."""
        if self.limit is None:
            return False
        return self.value < self.limit if self.least else self.value > self.limit


# What is compared with


def plain_material(folder: Path, copies: int = 0) -> None:
    """Write a project of the same pages for Material as it comes, macros already drawn."""
    site = read_site(ROOT)
    drawn = Renderer(site, lambda ref: re.sub(r"(index)?\.md", "/", ref))
    calls = {name: getattr(drawn, name) for name in MACROS}
    docs = folder / "docs"
    for page in site.pages.values():
        body = re.sub(
            r"^\{\{ (\w+)\((.*)\) \}\}$",
            lambda call: calls[call[1]](*re.findall(r'"([^"]*)"', call[2])),
            page.body,
            flags=re.M,
        )
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {page.meta.heading}\n\n{page.meta.point}\n\n{body}", "utf-8")
    text = (docs / "talk.md").read_text("utf-8")
    for number in range(copies):
        (docs / "more").mkdir(exist_ok=True)
        (docs / f"more/p{number:04}.md").write_text(text.replace("](", "](../"), "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Plain\nsite_url: http://127.0.0.1/\ntheme:\n  name: material\n"
        "markdown_extensions: [attr_list, def_list, smarty, tables, toc]\n",
        "utf-8",
    )


def our_project(folder: Path, copies: int = 0) -> None:
    """Copy this project, with so many more pages that no navigation lists."""
    away = shutil.ignore_patterns(".*", "site", "dist", "screenshots", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=away)
    text = (folder / "docs/en/talk.md").read_text("utf-8")
    (folder / "docs/en/more").mkdir()
    for number in range(copies):
        page = re.sub(r"\]\((?!https|tel|sms|#)", "](../", text)
        page = re.sub(r"^next: ", "next: ", page, flags=re.M)
        (folder / f"docs/en/more/p{number:04}.md").write_text(page, "utf-8")


def by_hand(site: Path, address: str) -> str:
    """Return a page of the same text with nothing but its text, as one would type it."""
    html = BeautifulSoup((site / f".{address}index.html").read_text("utf-8"), "html.parser")
    main = html.find("main")
    title = html.find("title")
    assert isinstance(main, Tag) and isinstance(title, Tag)
    for drawing in main.find_all("svg"):
        drawing.decompose()
    for element in main.find_all(True):
        element.attrs = {k: v for k, v in element.attrs.items() if k in ("href", "id")}
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title.text}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="description" content="A">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="../hand.css"><body>{main}'
    )


HAND = "body{max-width:38em;margin:auto;padding:1em;font:18px/1.6 Charter,Georgia,serif}"


# Building


def timed_build(folder: Path) -> float:
    """Return the processor's seconds for a full build of the project in a folder.

    Not the clock's: what else the machine does at the time is not ours.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(folder / "out")]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=quiet, check=True, capture_output=True)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime


def best(work: Callable[[], float], times: int = 3) -> float:
    """Return the shortest of several runs."""
    return min(work() for _ in range(times))


def building(work: Path) -> Iterator[Figure]:
    """Our build and plain Material's, and what a page more costs each."""
    projects: dict[str, Callable[[Path, int], None]] = {
        "ours": our_project,
        "plain": plain_material,
    }
    base: dict[str, float] = {}
    for name, write in projects.items():
        write(work / name, 0)
    for _ in range(3):  # in turns, so that both meet the same machine
        for name in projects:
            base[name] = min(base.get(name, 1e9), timed_build(work / name))
    yield Figure("build", base["ours"], "s")
    yield Figure("build, plain Material", base["plain"], "s")
    yield Figure("build, times plain Material", base["ours"] / base["plain"], "x", 1.5)
    for name, write in projects.items():
        each: dict[int, float] = {}
        for copies in MORE_PAGES:
            folder = work / f"{name}-{copies}"
            write(folder, copies)
            took = best(lambda folder=folder: timed_build(folder), 1 if copies > 100 else 3)
            each[copies] = max(took - base[name], 1e-3) / copies
            label = f"{copies} pages more" + (", plain Material" if name == "plain" else "")
            yield Figure(label, took - base[name], "s")
        if name == "ours":
            yield Figure(
                "a page among 1,000, times one among 100", each[1000] / each[100], "x", 1.5
            )


def serving(work: Path) -> Iterator[Figure]:
    """From the moment a file is written to the moment the new page is served."""
    folder = work / "served"
    our_project(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--dev-addr", host]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=folder, env=quiet, stderr=subprocess.DEVNULL) as running:
        try:
            _shown(f"http://{host}{SAMPLE}", "<h1")
            for name, path, old, address in (
                ("an edit of a page, until it is shown", "docs/en/talk.md", "## How to", SAMPLE),
                ("an edit of a question, until it is shown", "docs/data/questions.yml",
                 "stem: Are you ever", "/quiz/"),
            ):  # fmt: skip
                file = folder / path
                text = file.read_text("utf-8")
                assert old in text
                start = perf_counter()
                file.write_text(text.replace(old, f"{old} Xyzzy", 1), "utf-8")
                _shown(f"http://{host}{address}", "Xyzzy")
                yield Figure(name, perf_counter() - start, "s", 2)
        finally:
            running.terminate()


def _shown(url: str, words: str) -> None:
    """Ask for a page until it has the words."""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        sleep(0.05)
    raise TimeoutError(f"{url} never had {words!r}")


# In the browser


def weighing(browser: Browser, site: Path, base: str, others: dict[str, str]) -> Iterator[Figure]:
    """Bytes of a first visit, of the heaviest pages, of the sample against the two others."""
    with serve(site) as served:
        sums, tools = {}, set()
        for address in addresses(site):
            page = browser.new_page(base_url=served.url)
            sums[address] = sum(loaded(page, served, address).values())
            tools.update([address] if is_tool(page) else [])
            page.close()
    reading = {address: sums[address] for address in sums.keys() - tools}
    heaviest = max(reading, key=lambda address: reading[address])
    yield Figure("home, first visit", sums["/"], "bytes", 14_600)
    yield Figure("heaviest page to read", reading[heaviest], "bytes", 14_600, where=heaviest)
    yield Figure("quiz, first visit", sums["/quiz/"], "bytes", 24_000)
    heaviest = max(tools, key=lambda address: sums[address])
    yield Figure("heaviest tool", sums[heaviest], "bytes", 24_000, where=heaviest)
    yield Figure(f"{SAMPLE}, first visit", sums[SAMPLE], "bytes", 14_600)
    for name, url in others.items():
        page = browser.new_page()
        seen: list[str] = []
        page.on("request", lambda request, seen=seen: seen.append(request.url))
        page.goto(url, wait_until="networkidle")
        ours = [u for u in seen if u.startswith("http://127")]
        weight = sum(wire("", u) for u in ours)
        yield Figure(f"{SAMPLE}, {name}", weight, "bytes")
        page.close()


def pressing(browser: Browser, base: str) -> Iterator[Figure]:
    """Of each press the shortest of up to five walks: what else the machine does only adds."""
    least = shortest(lambda: walked(browser, base), 5)
    yield Figure("key press to next question, 6 times slower", sorted(least)[len(least) // 2], "ms")
    name = "key press to next question, 6 times slower, slowest"
    yield Figure(name, max(least), "ms", AT_ONCE)


def on_a_slow_line(browser: Browser, base: str) -> Iterator[Figure]:
    """The first screen, at its quickest of three times: what else the machine does only adds."""
    took = {
        address: best(lambda address=address: first_screen(browser, base, address))
        for address in ("/", "/talk/", "/help/", "/find/", "/quiz/", "/practice/")
    }
    slowest = max(took, key=lambda address: took[address])
    # No limit: on a busy machine it is a tenth more. We aim at a second and a half.
    yield Figure(f"first screen on {SLOW_LINE}, home", took["/"], "ms")
    yield Figure(f"first screen on {SLOW_LINE}, slowest", took[slowest], "ms", where=slowest)


# Lighthouse


@contextmanager
def as_hosted(*bases: str) -> Iterator[list[str]]:
    """Put HTTP/2 and TLS before each server; give the new addresses."""
    node = Path(playwright.__file__).parent / "driver" / "node"
    with tempfile.TemporaryDirectory() as work, ExitStack() as running:
        key, cert = f"{work}/key.pem", f"{work}/cert.pem"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        command += ["-subj", "/CN=127.0.0.1", "-keyout", key, "-out", cert]
        subprocess.run(command, check=True, capture_output=True)
        found = []
        for base in bases:
            proxy = running.enter_context(
                subprocess.Popen(
                    [str(node), str(ROOT / "tests/h2.mjs"), key, cert, base],
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            running.callback(proxy.terminate)
            assert proxy.stdout
            found.append(f"https://127.0.0.1:{proxy.stdout.readline().strip()}")
        yield found


def lighthouse_path() -> Path | None:
    """Return Lighthouse's entry, installed if need be; None where there is no npm."""
    entry = CACHE / "node_modules/lighthouse/cli/index.js"
    npm = shutil.which("npm")
    if not entry.exists() and npm:
        CACHE.mkdir(parents=True, exist_ok=True)
        options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        command = [npm, "install", "--prefix", str(CACHE), *options, LIGHTHOUSE]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return entry if entry.exists() else None


def lighthouse(entry: Path, url: str) -> dict[str, float]:
    """Return a page's scores, and its largest paint, shift and blocking, as a phone has them."""
    node = Path(playwright.__file__).parent / "driver" / "node"
    with tempfile.TemporaryDirectory() as work:
        report = Path(work) / "report.json"
        flags = "--headless=new --no-sandbox --ignore-certificate-errors"
        command = [str(node), str(entry), url, "--quiet", "--output=json"]
        # It reads robots.txt from within the page, which our policy forbids; test_look reads it.
        command += [
            f"--output-path={report}",
            f"--chrome-flags={flags}",
            "--skip-audits=robots-txt",
        ]
        known = {**os.environ, "CHROME_PATH": shell_path()}
        # Chrome's trace now and then lacks its beginning (NO_NAVSTART); the next has it.
        for _ in range(3):
            done = subprocess.run(command, env=known, stdout=subprocess.DEVNULL, check=False)
            if done.returncode == 0:
                break
        done.check_returncode()
        found = json.loads(report.read_text("utf-8"))
    audits = found["audits"]
    scores = {name: 100 * category["score"] for name, category in found["categories"].items()}
    return {
        **{name: scores[name] for name in SCORES},
        "paint": audits["largest-contentful-paint"]["numericValue"],
        "shift": audits["cumulative-layout-shift"]["numericValue"],
        "blocking": audits["total-blocking-time"]["numericValue"],
    }


def at_rest(entry: Path, url: str, looks: int = 1) -> dict[str, float]:
    """Return the best of so many looks, or of more, up to five, while one could be better.

    What else the machine does can only add to what a page takes.
    """
    tries = [lighthouse(entry, url)]
    while len(tries) < looks or (
        len(tries) < LOOKS and (tries[-1]["blocking"] or tries[-1]["performance"] < 100)
    ):
        tries.append(lighthouse(entry, url))
    return {
        name: (max if name in SCORES else min)(found[name] for found in tries) for name in tries[0]
    }


def painting(site: Path, base: str, others: dict[str, str]) -> Iterator[Figure]:
    """Lighthouse on every page, and on the sample's two others."""
    entry = lighthouse_path()
    if not entry:
        print("Lighthouse is left out: there is no npm to get it with.", file=sys.stderr)
        return
    lighthouse(entry, base + "/")  # warms up what a first run pays for
    # As many looks at the sample as at what it is compared with.
    looks = {address: LOOKS if address == SAMPLE else 1 for address in addresses(site)}
    found = {address: at_rest(entry, base + address, looks[address]) for address in looks}
    for name in SCORES:
        worst = min(found, key=lambda address: found[address][name])
        score = found[worst][name]
        yield Figure(f"{name}, lowest", score, "of 100", 100, least=True, where=worst)
    for name, called, unit, limit in (
        ("paint", "largest paint, slowest", "ms", None),
        ("shift", "layout shift, most", "", 0),
        ("blocking", "blocking time, most", "ms", 0),
    ):
        worst = max(found, key=lambda address: found[address][name])
        yield Figure(called, found[worst][name], unit, limit, where=worst)
    yield Figure(f"largest paint, {SAMPLE}", found[SAMPLE]["paint"], "ms")
    paints = {name: at_rest(entry, url, LOOKS)["paint"] for name, url in others.items()}
    for name, paint in paints.items():
        yield Figure(f"largest paint, {SAMPLE}, {name}", paint, "ms")
    ratio = found[SAMPLE]["paint"] / paints["by hand"]
    yield Figure("largest paint, times by hand", ratio, "x", 1.15)


# The table


def figures(quick: bool) -> Iterator[Figure]:
    """Measure everything, one figure after another."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        work = Path(folder)
        yield from building(work)
        yield from serving(work)
        for what, size, took in bench_quiz.rows():
            yield Figure(f"{what}, {size:,} items", took * 1e3, "ms")
        site, hand = work / "site", work / "hand"
        site.mkdir()
        (hand / "talk").mkdir(parents=True)
        browser = running.chromium.launch(executable_path=shell_path(), args=CHROMIUM_ARGS)
        with serve(site) as ours, serve(hand) as typed, serve(work / "plain/out") as plain:
            build(site, URL=ours.url).check_returncode()
            (hand / "hand.css").write_text(HAND, "utf-8")
            (hand / "talk/index.html").write_text(by_hand(site, SAMPLE), "utf-8")
            others = {"by hand": typed.url + SAMPLE, "plain Material": plain.url + SAMPLE}
            yield from weighing(browser, site, ours.url, others)
            yield from pressing(browser, ours.url)
            yield from on_a_slow_line(browser, ours.url)
            if not quick:
                with as_hosted(ours.url, typed.url, plain.url) as (first, second, third):
                    build(site, URL=first).check_returncode()
                    others = {"by hand": second + SAMPLE, "plain Material": third + SAMPLE}
                    yield from painting(site, first, others)
        browser.close()


def line(figure: Figure, before: float | None) -> str:
    """Return one line of the table."""
    limit = ""
    if figure.limit is not None:
        limit = f"{'at least' if figure.least else 'at most'} {figure.limit:,.6g}"
    was = f"{before:,.3f}".rstrip("0").rstrip(".") if before is not None else ""
    value = f"{figure.value:,.3f}".rstrip("0").rstrip(".")
    mark = "MISSED" if figure.misses else ""
    shown = f"{figure.name:58} {value:>10} {figure.unit:7} {was:>10}  {limit:16} {mark:6}"
    return f"{shown} {figure.where}".rstrip()


def main(options: list[str]) -> int:
    """Measure, print, compare, and keep if asked to."""
    before = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    print(f"{'':58} {'now':>10} {'':7} {'kept':>10}  limit")
    found = []
    for figure in figures("--quick" in options):
        found.append(figure)
        print(line(figure, before.get(figure.name)), flush=True)
    if "--keep" in options:
        left = before if "--quick" in options else {}
        kept = {**left, **{f.name: round(f.value, 3) for f in found}}
        KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return int(any(figure.misses for figure in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
