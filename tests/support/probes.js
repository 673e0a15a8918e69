// What is looked at in an open page. Each function returns its findings; none means all is well.
({
  /** What sticks out of the window, or of a box that would cut it off. */
  sticksOut: () =>
    [...document.querySelectorAll("body *")].filter((element) => {
      if (!element.checkVisibility() || element.closest("svg, .skip, .visually-hidden, .bar span")) return false;
      const { left, right, width } = element.getBoundingClientRect();
      return width && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
    }).map((element) => `${element.tagName}.${element.className}`),

  /** Words of a title that are broken over two lines. */
  brokenWords: () => {
    const broken = [];
    for (const title of document.querySelectorAll("h1, h2, h3")) {
      if (!title.checkVisibility()) continue;
      const walk = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        for (const { 0: word, index } of walk.currentNode.data.matchAll(/[\p{L}’]+/gu)) {
          const range = document.createRange();
          range.setStart(walk.currentNode, index);
          range.setEnd(walk.currentNode, index + word.length);
          const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
          if (new Set(tops).size > 1) broken.push(word);
        }
      }
    }
    return broken;
  },

  /** Text that its box cuts off. What is there for listeners only is a clipped pixel. */
  cutOff: () =>
    [...document.querySelectorAll("body *")].filter((e) =>
      e.checkVisibility() && !e.closest("svg, .skip, .bar span, textarea, .scenes__frame")
      && getComputedStyle(e).overflow !== "visible" && getComputedStyle(e).clipPath === "none"
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1),
    ).map((e) => e.className),

  /** Headings on show: not one h1 at the top, or a level left out on the way down. */
  outline: () => {
    const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
      .filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1]));
    const first = levels[0] === 1 && levels.filter((n) => n === 1).length === 1;
    const gaps = levels.filter((n, i) => i && n > levels[i - 1] + 1).map((n) => `h${n} too deep`);
    return first ? gaps : [`h1: ${levels}`, ...gaps];
  },

  /** Controls under 44 pixels, but for links within a line of text. What is drawn smaller may have a
      larger pseudo-element to press. */
  small: () =>
    [...document.querySelectorAll("a, button, summary, label, select, input")]
      .filter((e) => e.checkVisibility()
        && !e.matches(".skip, input[type=radio], input[type=checkbox]")
        && getComputedStyle(e).clipPath === "none"
        && !(e.matches("a") && getComputedStyle(e).display.startsWith("inline")
          && getComputedStyle(e).display !== "inline-flex"))
      .map((e) => {
        const own = e.getBoundingClientRect();
        const larger = getComputedStyle(e, "::after");
        const height = larger.position === "absolute" ? parseFloat(larger.height) : 0;
        return [e.textContent.trim(), { width: own.width, height: Math.max(own.height, height) }];
      })
      .filter(([, box]) => box.height < 44 || box.width < 44)
      .map(([text, box]) => `${text}: ${box.width} by ${box.height}`),

  /** Help and Leave, at the top, in the middle and at the end: whole in the window, 44 pixels. */
  barInView: () => {
    const findings = [];
    for (const place of [0, 0.5, 1]) {
      scrollTo({ top: place * document.body.scrollHeight, behavior: "instant" });
      for (const link of document.querySelectorAll(".leave, .bar__links a")) {
        if (!link.checkVisibility()) continue;
        const { left, top, right, bottom } = link.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const inside = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
        const pressed = [[0, 0], [-21.5, 0], [21.5, 0], [0, -21.5], [0, 21.5]].every(
          ([right, down]) => link.contains(document.elementFromPoint(x + right, y + down)));
        if (!inside || !pressed) findings.push(`${link.textContent} at ${place}`);
      }
    }
    scrollTo({ top: 0, behavior: "instant" });
    return findings;
  },

  /** The bar's links in more than one row, or a bar more than 64 pixels high. */
  barRows: () => {
    const links = [...document.querySelectorAll(".bar a")].filter((link) => link.checkVisibility());
    const middles = links.map((a) => a.getBoundingClientRect()).map(({ top, bottom }) => Math.round((top + bottom) / 2));
    const rows = new Set(middles).size;
    return [5, 6, 7].includes(links.length) && rows === 1 ? [] : [`${links.length} links in ${rows} rows`];
  },
  barHeight: () => {
    const { height } = document.querySelector(".bar").getBoundingClientRect();
    return height <= 64 ? [] : [`${height} px`];
  },

  /** From the last stop up to the first: what has the focus lies under something that stays in view. */
  covered: () => {
    const sticks = [...document.querySelectorAll("body *")].filter(
      (element) => /fixed|sticky/.test(getComputedStyle(element).position));
    const stops = [...document.querySelectorAll("a, button, input, summary, textarea")].filter(
      (element) => element.checkVisibility() && !sticks.some((bar) => bar.contains(element)));
    const covered = [];
    for (const stop of stops.reverse()) {
      stop.focus();
      const a = stop.getBoundingClientRect();
      const under = sticks.some((bar) => {
        const b = bar.getBoundingClientRect();
        if (a.height > innerHeight - b.height - 48) return false; // taller than what scrolling leaves
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      });
      if (under && !stop.matches(".skip")) covered.push(stop.outerHTML.slice(0, 90));
    }
    document.activeElement.blur();
    return covered;
  },

  /** Headings whose words run under their own link, or have it in their name. */
  underItsLink: () =>
    [...document.querySelectorAll("main a[data-copy]")].filter((link) => {
      if (!link.checkVisibility()) return false;
      const heading = link.closest(".section__head").querySelector("h2, h3");
      const words = document.createRange();
      words.selectNodeContents(heading);
      const target = link.getBoundingClientRect();
      const overlap = [...words.getClientRects()].some((line) =>
        line.right > target.left && line.bottom > target.top && line.top < target.bottom);
      return overlap || heading.contains(link) || target.width < 44 || target.height < 44;
    }).map((link) => link.hash),

  /** Paragraphs, lists and headings of the article that cannot be seen. What a script folds away
      while it runs (the quiz, the search) is looked at elsewhere; so are the contents, which a button
      opens, the countries, of which one is picked, and what is for paper or whoever came to a section. */
  unseen: () =>
    [...document.querySelectorAll("main :is(h1, h2, h3, p, li)")]
      .filter((part) => !part.closest(
        "[hidden], details, template, form, .map, .country:not(:target), .paper, .sheet, .moved:not(:target),"
        + ".section__again, .page:has(.find) .hero__lead"))
      .filter((part) => part.innerText.trim())
      .filter((part) => !part.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((part) => part.outerHTML.slice(0, 90)),

  /** On paper: what is not black, or the dark grey of labels, on white. */
  colored: () => {
    const odd = new Set();
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility()) continue;
      const { color, backgroundColor, fill } = getComputedStyle(element);
      if (element.matches("main .circles circle") && fill !== "none") odd.add(`a circle of ${fill}`);
      if (element.closest("svg")) continue;
      if (!["rgb(0, 0, 0)", "rgb(68, 68, 68)"].includes(color)) odd.add(`${element.className} is ${color}`);
      if (!["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(backgroundColor)) {
        odd.add(`${element.className} on ${backgroundColor}`);
      }
    }
    return [...odd];
  },

  /** On paper: what is there only to press. */
  pressable: () =>
    [...document.querySelectorAll(".bar, .map, .leave, .leave-note, .skip, button:not(.reader *)")]
      .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 90)),

  /** Notes beside the text that lie on one another. */
  notesOverlap: () => {
    const notes = [...document.querySelectorAll("main .note")].map((note) => note.getBoundingClientRect());
    return notes.slice(1).filter((note, n) => note.top < notes[n].bottom - 1 && note.height)
      .map((note, n) => `a note at ${Math.round(note.top)}, after one to ${Math.round(notes[n].bottom)}`);
  },

  /** In an article, boxes that cover each other, and text wider than its box. A link beside the title
      may be touched a little below its line. */
  crowded: () => {
    if (!document.querySelector("main.page--article")) return [];
    const boxes = [...document.querySelectorAll(
      ".hero > :not([hreflang]), .text > :not(.section, .paper), .section > *, .map, .help, .foot",
    )].filter((box) => box.checkVisibility({ visibilityProperty: true }))
      .map((box) => [box, box.getBoundingClientRect()])
      .filter(([, { width, height }]) => width > 1 && height > 1);
    const name = (box) => `${box.className || box.tagName}: ${box.textContent.trim().slice(0, 30)}`;
    const found = [];
    boxes.forEach(([one, a], n) => {
      for (const [two, b] of boxes.slice(n + 1)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 1) found.push(`${name(one)} covers ${name(two)}`);
      }
    });
    for (const box of document.querySelectorAll("h1, h2, .text p, .text li, .note, .map a")) {
      const inline = getComputedStyle(box).display === "inline";
      if (inline || !box.checkVisibility() || box.matches(".visually-hidden")) continue;
      if (box.scrollWidth > box.clientWidth + 1) found.push(`${name(box)} is wider than its box`);
    }
    return found;
  },

  /** In an article, a head of more than 12 rem: its text would not begin on the first screen. */
  tallHead: () => {
    const { height } = document.querySelector("main.page--article .hero")?.getBoundingClientRect() ?? {};
    return height > 12 * 16 + 1 ? [`${height} px`] : [];
  },

  /** Text that shows in another than the five sizes, two faces and three weights. */
  oddType: () => {
    const root = getComputedStyle(document.documentElement);
    const tokens = (names) => names.map((name) => root.getPropertyValue(`--${name}`));
    const bare = (face) => face.replace(/["\s]/g, "");
    const sizes = tokens(["small", "body", "lead", "h2", "h1"]).map((size) => parseFloat(size) * parseFloat(root.fontSize));
    const faces = tokens(["serif", "sans"]).map(bare);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const odd = new Set();
    while (walk.nextNode()) {
      const box = walk.currentNode.parentElement;
      if (!walk.currentNode.data.trim() || !box.checkVisibility() || box.closest("svg, sup")) continue;
      const { fontSize, fontWeight, fontFamily } = getComputedStyle(box);
      const fine = sizes.includes(parseFloat(fontSize)) && ["400", "600", "700"].includes(fontWeight)
        && faces.includes(bare(fontFamily));
      if (!fine) odd.add(`${box.className || box.tagName}: ${fontSize} ${fontWeight} ${fontFamily}`);
    }
    return [...odd];
  },

  /** In forced colors: circles without an outline in the system's color. */
  noOutline: () =>
    [...document.querySelectorAll("main .circles circle")].map((c) => getComputedStyle(c))
      .filter(({ fill, stroke, strokeWidth }) => fill !== "none" || stroke === "none" || !parseFloat(strokeWidth))
      .map(({ fill, stroke }) => `${fill} ${stroke}`),

  /** Opens all there is, also answers of which one closes the other; of the codes, the first; of the
      300 entries a counselor's list folds away, and all look alike, those of three pages. */
  unfold: () => {
    const folds = [...document.querySelectorAll("details:not([data-qr], :is(.desk, .maker) details)")];
    folds.push(...[...document.querySelectorAll(":is(.desk, .maker) details:not([data-qr])")].slice(0, 3));
    folds.push(...[document.querySelector("details[data-qr]")].filter(Boolean));
    for (const fold of folds) fold.removeAttribute("name");
    for (const fold of folds) fold.open = true;
  },

  /** Leaves two of a kind: takes away whatever stands beside two that have all its classes. */
  thin: () => {
    const kinds = (part) => [part, ...part.querySelectorAll("*")].map((e) => `${e.tagName}.${e.getAttribute("class")}`);
    for (const parent of document.querySelectorAll("main *")) {
      const times = new Map();
      for (const part of [...parent.children]) {
        if (part.closest("svg, head")) continue;
        const kind = [...new Set(kinds(part))].sort().join();
        times.set(kind, (times.get(kind) ?? 0) + 1);
        if (times.get(kind) > 2) part.remove();
      }
    }
  },

  /** Uses a page: opens all that opens, points at and moves to all that takes the focus. */
  use: () => {
    for (const summary of document.querySelectorAll("main summary")) summary.click();
    for (const stop of document.querySelectorAll("a, button, input, summary")) {
      stop.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
      stop.focus();
    }
    scrollTo(0, document.body.scrollHeight);
  },

  /** Everything a page can keep in a browser. */
  kept: async () => {
    const { usage } = await navigator.storage.estimate();
    return Object.entries({
      local: Object.keys(localStorage), session: Object.keys(sessionStorage),
      databases: await indexedDB.databases(), caches: await caches.keys(),
      workers: await navigator.serviceWorker.getRegistrations(),
      cookies: document.cookie, name: window.name, files: usage ? [usage] : [],
    }).filter(([, found]) => found.length).map(([what, found]) => `kept: ${what} ${found}`);
  },

  /** Notes where the focus is at each press of Tab: whether it shows, and whether any of it is
      hidden by the bar or the window's edge. */
  watchFocus: () => {
    window.places = [];
    const note = () => {
      const e = document.activeElement;
      if (!e || e === document.body) return;
      const shown = [e, e.closest(".quiz__option")].filter(Boolean).some((x) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(x);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      });
      const bar = document.querySelector(".bar");
      const { top, bottom, left, right } = e.getBoundingClientRect();
      const above = bar.contains(e) || e.matches(".skip") ? 0 : bar.getBoundingClientRect().bottom;
      const fits = bottom - top < innerHeight - above;
      const whole = top >= above - 1 && bottom <= innerHeight + 1;
      const part = bottom > above && top < innerHeight;
      const seen = (fits ? whole : part) && right > 0 && left < innerWidth;
      const order = [...document.querySelectorAll("*")].indexOf(e);
      places.push({ name: (e.textContent || e.id).trim().slice(0, 40), shown, seen, order });
    };
    addEventListener("keydown", (event) => event.key === "Tab" && note(), true);
    return [...document.querySelectorAll(
      "a[href], button:not([disabled]), input, textarea, select, summary, [tabindex='0']")]
      .filter((e) => e.checkVisibility() && e.type !== "radio").length;
  },

  /** Whether each id has text to be seen that begins in the window once an address names it. */
  notInView: async (ids) => {
    const seen = (id) => {
      const part = document.getElementById(id);
      const { top } = part?.getBoundingClientRect() ?? {};
      return part?.checkVisibility() && part.innerText.trim() !== "" && top >= 0 && top < innerHeight;
    };
    const missing = [];
    for (const id of ids) {
      location.hash = id;
      for (let n = 0; n < 30 && !seen(id); n += 1) await new Promise((done) => setTimeout(done, 10));
      if (!seen(id)) missing.push(id);
    }
    return missing;
  },
})
