// Practice: turns the booklet into one scene at a time. The booklet is whole without it, and comes
// back if anything here fails.
import { begin, leaveFor, met, say, transcript } from "./walk.js";
import { readBooklet, readOpenings } from "./read-booklet.js";

class Practice {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.book = readBooklet(form);
    this.openings = readOpenings(form);
    this.$play = form.appendChild(this.clone("stage"));
    // A view is a walk, or null while a talk is being chosen. The list is what Back walks through.
    this.views = [null];
    this.depth = 0;
  }

  start() {
    const { form } = this;
    const safely = (act) => (event) => {
      try {
        act(event);
      } catch (error) {
        this.fallBackToBooklet();
        throw error;
      }
    };
    // The second click of a double click is not a second choice: in the next scene, which then
    // stands under the pointer, it would be one.
    form.addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", safely(() => this.showEffect()));
    form.addEventListener("click", safely((event) => this.pressed(event)));
    document.addEventListener("forget", safely(() => this.forget()));
    window.addEventListener("popstate", safely(({ state }) => (state ? this.moveTo(state.practice) : this.syncHistory())));
    this.syncHistory();
    this.show();
  }

  /** Anything unexpected: the plain booklet, whole, is better than half a scene. */
  fallBackToBooklet() {
    delete document.documentElement.dataset.view;
    this.form.dataset.booklet = "";
    this.$play.remove();
  }

  // What the reader does

  pressed({ target, detail }) {
    const $button = target.closest("button[data-do]");
    if (!$button || detail > 1) return;
    const { stop, afraid } = this.form.dataset;
    const acts = {
      open: () => this.go(begin(Number($button.value))),
      say: () => (this.$chosen ? this.go(say(this.walk, Number(this.$chosen.value))) : this.showEffect()),
      back: () => history.back(),
      stop: () => this.go(leaveFor(this.walk, Number(stop))),
      afraid: () => this.go(leaveFor(this.walk, Number(afraid))),
      again: () => this.go(begin(this.walk.first)),
      choose: () => this.go(null),
    };
    acts[$button.dataset.do]();
  }

  /** The page is being left, or has come back: no scene, nothing said. */
  forget() {
    this.views = [null];
    this.depth = 0;
    this.show();
  }

  // Where the reader is

  get walk() {
    return this.views[this.depth];
  }

  /** Each step is one entry of the browser's history that holds a number and nothing else. */
  go(walk) {
    this.views.splice(this.depth + 1, Infinity, walk);
    this.depth += 1;
    history.pushState({ practice: this.depth }, "");
    this.show();
    this.focus();
  }

  /** The entry the reader is at. A link within the page (skip) makes one without a number. */
  syncHistory() {
    history.replaceState({ practice: this.depth }, "");
  }

  moveTo(depth) {
    this.depth = Math.min(depth, this.views.length - 1);
    this.show();
    this.focus();
  }

  focus() {
    // First, because it lays the page out: Firefox does not focus what was hidden until then.
    this.form.scrollIntoView();
    this.$play.querySelector(".play__line:not([hidden])").focus({ preventScroll: true });
  }

  // What the page shows

  show() {
    // On the root, because a scene takes the place of all else on the page.
    document.documentElement.dataset.view = this.walk ? "scene" : "choose";
    this.$play.replaceChildren(this.walk ? this.scene() : this.choice());
  }

  choice() {
    const $choice = this.clone("choose");
    $choice.querySelector("ul").append(
      ...this.openings.map(({ title, people, first }) => {
        const $opening = this.fill("opening", { title, people });
        $opening.querySelector("button").value = first;
        return $opening;
      }),
    );
    return $choice;
  }

  scene() {
    const { book, walk } = this;
    const numbers = met(book, walk);
    const ending = book.endings.get(numbers[numbers.length - 1]);
    // Left or come to an end, nothing is said any more; but a threat stands above the help for it.
    const scene = book.scenes.get(numbers[numbers.length - (ending ? 2 : 1)]);
    const spoken = !ending || scene.to > 0;
    const { stage, line } = scene;
    const $scene = this.fill("scene", { ...this.openings.find(({ first }) => first === walk.first), stage, line });
    $scene.querySelector(".play__head").prepend(this.circles(scene.apart));
    $scene.querySelector(".play__who").hidden = walk.chosen.length > 0 || !spoken;
    $scene.querySelector(".play__line").hidden = !spoken;
    $scene.querySelector(".play__says").hidden = !line;
    const $turn = $scene.querySelector(".play__turn");
    if (ending) $turn.replaceWith(this.ending(ending));
    else $turn.querySelector("fieldset").append(...scene.replies.map((reply, n) => this.reply(reply, n)));
    // Help stands by itself.
    const said = ending && isHelp(ending) ? [] : transcript(book, walk);
    $scene.querySelector(".play__so-far").hidden = !said.length;
    // Once the line is on the screen: nobody waits for what they have read.
    const $said = $scene.querySelector("ol");
    requestAnimationFrame(() => setTimeout(() => $said.append(...said.map((entry) => this.said(entry, $said.dataset)))));
    return $scene;
  }

  reply({ kind, words, silent }, n) {
    const $reply = this.fill("reply", { kind, says: silent ? "" : words, does: silent ? words : "" });
    $reply.querySelector("input").value = n;
    return $reply;
  }

  said({ you, stage, line, apart }, words) {
    const mine = line ? words.you : words.silent;
    const $said = this.fill("said", { who: you ? mine : words.partner, stage, line });
    $said.prepend(this.circles(apart));
    return $said;
  }

  /** An ending as the booklet has it, its title a heading, and ways to go on. */
  ending($entry) {
    const $ending = this.clone("ending");
    const [, $title, ...$words] = $entry.cloneNode(true).children;
    $ending.firstChild.append($title.textContent);
    $ending.firstChild.after(...$words);
    if (isHelp($entry)) {
      $ending.dataset.help = "";
      for (const name of [".play__after", "[data-do=again]"]) $ending.querySelector(name).remove();
    }
    return $ending;
  }

  /** What the reply that is chosen may do, before it is said. */
  showEffect() {
    const $effect = this.$play.querySelector(".play__effect");
    const scene = this.book.scenes.get(met(this.book, this.walk).pop());
    const reply = scene.replies[this.$chosen?.value];
    $effect.replaceChildren(reply ? this.fill("effect", { effect: reply.effect }) : $effect.dataset.nothing);
    const $say = this.$play.querySelector("[data-do=say]");
    $say.textContent = reply?.silent ? $say.dataset.does : $say.dataset.says;
  }

  /** The two circles, `apart` hundredths of a diameter from each other, in a frame for any. */
  circles(apart) {
    const $circles = this.clone("circles");
    const [$you, $them] = $circles.children;
    $you.setAttribute("cx", 125 - apart / 2);
    $them.setAttribute("cx", 125 + apart / 2);
    return $circles;
  }

  get $chosen() {
    return this.$play.querySelector("input:checked");
  }

  clone(name) {
    const { content } = this.form.querySelector(`template[data-part="${name}"]`);
    const $copy = content.cloneNode(true);
    return $copy.children.length === 1 ? $copy.firstElementChild : $copy;
  }

  /** A copy of a template with words in its slots; slots without words are hidden. */
  fill(name, words) {
    const $copy = this.clone(name);
    for (const [slot, text] of Object.entries(words)) {
      const $slot = $copy.querySelector(`[data-slot=${slot}]`);
      if ($slot) Object.assign($slot, { textContent: text, hidden: !text });
    }
    return $copy;
  }
}

function isHelp($ending) {
  return "help" in $ending.dataset;
}

// An address that names one talk of the booklet means the booklet as it stands.
const $named = document.getElementById(location.hash.slice(1));
for (const form of document.querySelectorAll("form[data-module=practice]")) {
  if (form.contains($named)) form.dataset.booklet = "";
  else new Practice(form).start();
}
