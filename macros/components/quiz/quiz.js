// The self-quiz: turns the worksheet into one question at a time. The worksheet is whole without
// it, and comes back if anything here fails.
import { counterfactuals, effective, holds, outcomesFor, visited } from "./rules.js";
import { readQuiz, readRules } from "./read-quiz.js";
import { encode } from "../answer-code/code.js";

/** At most this many "if you had said" lines: the nearest, in the order of the questions. */
const CHANGES = 3;

class QuizForm {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.$main = form.closest("main");
    this.$sheet = form.querySelector(".quiz__sheet");
    this.quiz = readQuiz(this.$sheet);
    this.$inputs = new Map(this.quiz.items.map(({ id }) => [id, [...this.item(id).querySelectorAll("input")]]));
    this.$outcomes = [...form.querySelectorAll(".outcome")];
    // Where harm is asked about: the private items before all others.
    this.opening = this.quiz.items.slice(0, this.quiz.items.findIndex((item) => !item.private));
    for (const name of ["where", "nav", "pause", "review", "after"]) this[`$${name}`] = this.clone(name);
    this.$nav = [...this.$nav.children];
    // A view is "start", an item's id, "pause", "review" or "outcome". Back walks through the list.
    this.views = ["start"];
    this.depth = 0;
  }

  start() {
    const { form } = this;
    this.$sheet.prepend(this.$where);
    this.$sheet.append(...this.$nav);
    form.append(this.$pause, this.$review, this.$after);
    form.querySelector(".quiz__go").hidden = false;
    const safely = (act) => (event) => {
      try {
        act(event);
      } catch (error) {
        this.fallBackToWorksheet();
        throw error;
      }
    };
    // The second click of a double click is not a second answer: on the next question, which
    // then stands under the pointer, it would be one.
    form.addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", safely(({ target }) => this.chosen(target)));
    form.addEventListener("click", safely((event) => this.pressed(event)));
    document.addEventListener("forget", safely(() => this.forget()));
    window.addEventListener("popstate", safely(({ state }) => (state ? this.moveTo(state.quiz) : this.syncHistory())));
    this.syncHistory();
    form.reset();
    for (const $line of form.querySelectorAll(".outcome__also li")) $line.hidden = true;
    form.dataset.quizReady = "";
    this.show();
  }

  /** Anything unexpected: the plain worksheet, whole, is better than half a quiz. */
  fallBackToWorksheet() {
    const { form } = this;
    delete form.dataset.quizReady;
    delete this.$main.dataset.started;
    form.dataset.worksheet = "";
    for (const $extra of [this.$where, ...this.$nav, this.$pause, this.$review, this.$after]) $extra.remove();
    for (const $hidden of form.querySelectorAll("[hidden]")) $hidden.hidden = false;
    form.querySelector(".quiz__go").hidden = true;
  }

  // What the reader does

  chosen($input) {
    const { options } = this.quiz.items.find(({ id }) => id === $input.name) ?? {};
    if (options && $input.checked) {
      const exclusive = (id) => options.find((option) => option.id === id).exclusive;
      for (const $other of this.inputs($input.name)) {
        if ($other !== $input && (exclusive($input.value) || exclusive($other.value))) $other.checked = false;
      }
    }
    this.answered($input.name);
    this.uncover($input);
  }

  pressed({ target, detail }) {
    const $button = target.closest("button[data-do]");
    if (!$button || detail > 1) return;
    const acts = {
      next: () => this.go(this.following()),
      skip: () => this.skip(),
      back: () => history.back(),
      clear: () => this.clear(),
      finish: () => this.go("outcome"),
      review: () => this.go("review"),
      change: () => this.go($button.value),
      restart: () => this.restart(),
      summary: () => this.take("summary", "textarea", this.summary()),
      code: () => this.take("code", "output", encode(this.quiz, this.counted)),
      print: () => window.print(),
    };
    acts[$button.dataset.do]();
  }

  uncheck() {
    for (const $input of this.inputs(this.view)) $input.checked = false;
  }

  skip() {
    this.uncheck();
    this.go(this.following());
  }

  clear() {
    this.uncheck();
    this.answered(this.view);
    this.item(this.view).querySelector("input").focus();
  }

  restart() {
    this.form.reset();
    this.go("start");
    this.views = ["start"];
    this.depth = 0;
    this.syncHistory();
  }

  /** The page is being left, or has come back: nothing chosen, nothing begun, nobody told. */
  forget() {
    this.views = ["start"];
    this.depth = 0;
    this.show();
  }

  // Where the reader is

  get view() {
    return this.views[this.depth];
  }

  /** Each step is one entry of the browser's history that holds a number and nothing else. */
  go(view) {
    this.views.splice(this.depth + 1, Infinity, view);
    this.depth += 1;
    history.pushState({ quiz: this.depth }, "");
    this.show();
    this.focus();
  }

  /** The entry the reader is at. A link within the page (skip, Find) makes one without a number. */
  syncHistory() {
    history.replaceState({ quiz: this.depth }, "");
  }

  moveTo(depth) {
    this.depth = Math.min(depth, this.views.length - 1);
    this.show();
    this.focus();
  }

  following() {
    const { view, views, depth } = this;
    if (views[depth - 1] === "review") return "review";
    const last = this.opening[this.opening.length - 1].id;
    if (view === last && outcomesFor(this.quiz, this.responses)[0].isHelp) return "pause";
    const met = this.met();
    const next = met.findIndex(({ id }) => id === (view === "pause" ? last : view)) + 1;
    return met[next]?.id ?? "review";
  }

  met() {
    return visited(this.quiz, this.responses);
  }

  focus() {
    const $view = {
      start: () => this.$main,
      pause: () => this.$pause,
      review: () => this.$review,
      outcome: () => this.form.querySelector(".outcome:not([hidden])"),
    }[this.view]?.();
    const $target = $view ? $view.querySelector("h1, h2") : this.item(this.view).querySelector("legend");
    $target.tabIndex = -1;
    // First, because it lays the page out: Firefox does not focus what was hidden until then.
    this.form.scrollIntoView();
    if (this.view === "start") window.scrollTo(0, 0);
    $target.focus({ preventScroll: true });
  }

  // What the page shows

  show() {
    const { form, view } = this;
    const asking = Boolean(this.item(view));
    form.dataset.view = asking ? "item" : view;
    this.$main.toggleAttribute("data-started", view !== "start");
    form.querySelector(".quiz__start").hidden = view !== "start";
    this.$sheet.hidden = !asking;
    for (const $item of this.$sheet.querySelectorAll("fieldset")) $item.hidden = $item.id !== view;
    this.$pause.hidden = view !== "pause";
    this.$review.hidden = view !== "review";
    this.$after.hidden = view !== "outcome";
    if (asking) this.showItem();
    else this.showHelp();
    this.showReview(view === "review" ? this.met() : []);
    this.showOutcomes(view === "outcome" ? outcomesFor(this.quiz, this.responses) : []);
  }

  showItem() {
    const met = this.met();
    const number = met.findIndex(({ id }) => id === this.view) + 1;
    const [$part, $count, $progress] = this.$where.children;
    const $titles = [...this.$sheet.querySelectorAll("h2")];
    const before = ($title) => $title.compareDocumentPosition(this.item(this.view)) & Node.DOCUMENT_POSITION_FOLLOWING;
    $part.textContent = $titles.filter(before).pop().textContent;
    $count.textContent = $count.dataset.says.replace("{number}", number).replace("{count}", met.length);
    $progress.max = met.length;
    $progress.value = number;
    this.answered(this.view);
  }

  /** Help that an answer calls for is shown at once. Nothing else moves. */
  answered(id) {
    const [$clear] = this.$nav;
    const chosen = this.responses.get(id) ?? [];
    $clear.hidden = !chosen.length;
    // What all answers call for, if this one is among the reasons; else what it calls for by itself.
    const help = [this.responses, new Map([[id, chosen]])]
      .flatMap((responses) => outcomesFor(this.quiz, responses))
      .find(({ isHelp, because }) => isHelp && because.some((answer) => answer.startsWith(`${id}.`)));
    this.showHelp(help);
  }

  /** @param {{id: string}} [help] the outcome to show help of; away from a question, none */
  showHelp(help) {
    const $now = this.$nav[1].firstElementChild;
    if ($now.dataset.help === (help?.id ?? "")) return;
    $now.dataset.help = help?.id ?? "";
    const $outcome = help && this.outcome(help.id);
    $now.replaceChildren(
      ...(help ? [".outcome__now", ".outcome__buttons"] : []).map((part) => $outcome.querySelector(part).cloneNode(true)),
    );
  }

  /** Help that has just come must not stand on the answer that called for it. */
  uncover($input) {
    const [, $dock] = this.$nav;
    const covered = $input.closest("label").getBoundingClientRect().bottom - $dock.getBoundingClientRect().top;
    if (covered > 0) window.scrollBy({ top: covered + 8, behavior: "instant" });
  }

  /** Away from the list nothing of it stays in the page, not even hidden. */
  showReview(items) {
    const $answers = this.$review.querySelector("dl");
    $answers.replaceChildren(
      ...items.map(({ id }) => {
        const $answer = this.fill("answer", [this.stem(id), this.given(id) || $answers.dataset.skipped]);
        const $change = $answer.querySelector("button");
        $change.value = id;
        $change.setAttribute("aria-label", `${$change.textContent}: ${this.stem(id)}`);
        return $answer;
      }),
    );
  }

  showOutcomes(reached) {
    const { counted, form } = this;
    for (const $extra of form.querySelectorAll(".outcome__why, .outcome__answered")) $extra.remove();
    for (const $line of form.querySelectorAll(".outcome__also li:not([hidden])")) $line.hidden = true;
    for (const $outcome of this.$outcomes) {
      const found = reached.find(({ id }) => $outcome.id === `to-${id}`);
      $outcome.hidden = !found;
      if (!found) continue;
      for (const $also of $outcome.querySelectorAll(".outcome__also li")) {
        const [rule] = readRules($also.firstElementChild.textContent, this.quiz.items);
        $also.hidden = !holds(rule, counted);
        $also.toggleAttribute("data-private", rule.some(({ item }) => this.isPrivate(item)));
      }
      $outcome.querySelector("h3").before(this.why(found));
      const $next = $outcome.querySelector(".outcome__next");
      if (!found.isHelp) $next.append(...this.readOn($next));
    }
    this.$after.querySelector(".quiz__taken").replaceChildren();
  }

  /** The pages that go with what was chosen, without those that stand in the list already. */
  readOn($next) {
    const there = [...$next.querySelectorAll("a")].map(({ href }) => href);
    return [...this.$sheet.querySelectorAll(".quiz__more li")]
      .map(($more) => ({ $link: $more.querySelector("a"), rules: readRules($more.firstChild.textContent, this.quiz.items) }))
      .filter(({ $link, rules }) => !there.includes($link.href) && rules.some((rule) => holds(rule, this.counted)))
      .map(({ $link, rules }) => {
        const $item = document.createElement("li");
        $item.className = "outcome__answered";
        $item.append($link.cloneNode(true));
        $item.toggleAttribute("data-private", rules.every(([{ item }]) => this.isPrivate(item)));
        return $item;
      });
  }

  why({ because, isHelp }) {
    const $why = this.clone("why");
    const [$head, $said, $because, $nothing, $elseHead, $stands, $else] = $why.children;
    const items = [...new Set(because.map((answer) => answer.split(".")[0]))];
    $because.replaceChildren(
      ...items.map((item) => {
        const words = because.filter((answer) => answer.startsWith(`${item}.`)).map((answer) => this.words(answer));
        const $line = this.fill("said", [this.stem(item), words.join(" · ")]);
        $line.toggleAttribute("data-private", this.isPrivate(item));
        return $line;
      }),
    );
    $said.hidden = !items.length;
    $nothing.hidden = items.length > 0;
    for (const $part of [$head, $said]) {
      $part.toggleAttribute("data-private", items.length > 0 && items.every((item) => this.isPrivate(item)));
    }
    $stands.hidden = !isHelp;
    const others = counterfactuals(this.quiz, this.responses).slice(0, CHANGES);
    $elseHead.hidden = !isHelp && !others.length;
    $else.replaceChildren(
      ...others.map(({ item, option, leadsTo }) =>
        this.fill("else", [this.words(`${item}.${option}`), this.stem(item), leadsTo.map((id) => this.title(id)).join(" / ")]),
      ),
    );
    return $why;
  }

  take(name, selector, text) {
    const $taken = this.clone(name);
    this.$after.querySelector(".quiz__taken").replaceChildren($taken);
    $taken.querySelector(selector).value = text;
  }

  /** Plain text, without private answers; and without a next step that rests on one. */
  summary() {
    const { quiz, counted } = this;
    const { head, step } = this.clone("summary").querySelector("textarea").dataset;
    const reached = outcomesFor(quiz, this.responses);
    const open = !reached.some(({ because }) => because.some((answer) => this.isPrivate(answer.split(".")[0])));
    const steps = open ? reached.map(({ title }) => `${step}: ${title}`) : [];
    const answers = quiz.items
      .filter((item) => !item.private && counted.has(item.id))
      .map(({ id }) => `${this.stem(id)}\n  ${this.given(id)}`);
    return [head, ...steps, "", ...answers].join("\n");
  }

  // Looking things up in the page

  get responses() {
    const given = this.quiz.items.map(({ id }) => [
      id,
      this.inputs(id).filter(({ checked }) => checked).map(({ value }) => value),
    ]);
    return new Map(given.filter(([, chosen]) => chosen.length));
  }

  get counted() {
    return effective(this.quiz, this.responses);
  }

  isPrivate(item) {
    return this.quiz.items.find(({ id }) => id === item).private;
  }

  item(id) {
    return this.$sheet.querySelector(`fieldset[id="${id}"]`);
  }

  inputs(item) {
    return this.$inputs.get(item);
  }

  stem(id) {
    return this.item(id).querySelector("legend").lastChild.textContent;
  }

  words(answer) {
    const [item, option] = answer.split(".");
    return this.inputs(item).find(({ value }) => value === option).parentElement.textContent;
  }

  given(id) {
    return this.inputs(id)
      .filter(({ checked }) => checked)
      .map(($input) => $input.parentElement.textContent)
      .join(" · ");
  }

  outcome(id) {
    return this.form.querySelector(`#to-${id}`);
  }

  title(id) {
    return this.quiz.outcomes.find((outcome) => outcome.id === id).title;
  }

  clone(name) {
    const { content } = this.form.querySelector(`template[data-part="${name}"]`);
    const $copy = content.cloneNode(true);
    return $copy.children.length === 1 ? $copy.firstElementChild : $copy;
  }

  /** A copy of a template with texts in its slots: the elements without any of their own. */
  fill(name, texts) {
    const $copy = this.clone(name);
    const $slots = [...$copy.querySelectorAll("*")].filter(($slot) => !$slot.childNodes.length);
    for (const [n, text] of texts.entries()) $slots[n].textContent = text;
    return $copy;
  }
}

// An address that names a part of the worksheet, its key say, means the worksheet as it stands.
const $named = document.getElementById(location.hash.slice(1));
for (const form of document.querySelectorAll("form[data-module=quiz]")) {
  if (form.contains($named)) form.dataset.worksheet = "";
  else new QuizForm(form).start();
}
