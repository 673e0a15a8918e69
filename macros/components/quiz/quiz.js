// The self-quiz: turns the worksheet into one question at a time. The worksheet is whole without
// it, and comes back if anything here fails.
import { counterfactuals, effective, outcomesFor, visited } from "./rules.js";
import { readQuiz } from "./read-quiz.js";
import { encode } from "../answer-code/code.js";

/** At most this many "if you had said" lines: the nearest, in the order of the questions. */
const CHANGES = 3;

class QuizForm {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.quiz = readQuiz(form);
    this.$where = this.clone("where");
    this.$nav = this.clone("nav");
    this.$review = this.clone("review");
    this.$after = this.clone("after");
    // A view is an item's id, "review" or "outcome". The list is what Back walks through.
    this.views = [this.quiz.items[0].id];
    this.depth = 0;
  }

  start() {
    const { form } = this;
    form.prepend(this.$where);
    form.append(this.$nav, this.$review, this.$after);
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
    form.dataset.quizReady = "";
    this.show();
  }

  /** Anything unexpected: the plain worksheet, whole, is better than half a quiz. */
  fallBackToWorksheet() {
    delete this.form.dataset.quizReady;
    this.form.dataset.worksheet = "";
    for (const $extra of [this.$where, this.$nav, this.$review, this.$after]) $extra.remove();
    for (const $hidden of this.form.querySelectorAll("[hidden]:not([type=submit])")) $hidden.hidden = false;
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
  }

  pressed({ target, detail }) {
    const $button = target.closest("button[data-do]");
    if (!$button || detail > 1) return;
    const acts = {
      next: () => this.go(this.following()),
      back: () => history.back(),
      clear: () => this.clear(),
      stop: () => this.go("outcome"),
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

  clear() {
    const item = this.view;
    for (const $input of this.inputs(item)) $input.checked = false;
    this.answered(item);
    this.item(item).querySelector("input").focus();
  }

  restart() {
    this.form.reset();
    this.go(this.quiz.items[0].id);
    this.views = [this.view];
    this.depth = 0;
    this.syncHistory();
  }

  /** The page is being left, or has come back: nothing chosen, question one, nobody told. */
  forget() {
    this.views = [this.quiz.items[0].id];
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
    const met = visited(this.quiz, this.responses).map(({ id }) => id);
    const changing = this.views[this.depth - 1] === "review";
    return changing ? "review" : (met[met.indexOf(this.view) + 1] ?? "review");
  }

  focus() {
    const $target = {
      review: () => this.$review.querySelector("h2"),
      outcome: () => this.form.querySelector(".outcome:not([hidden]) .outcome__title"),
    }[this.view]?.() ?? this.item(this.view).querySelector("legend");
    $target.tabIndex = -1;
    // First, because it lays the page out: Firefox does not focus what was hidden until then.
    this.form.scrollIntoView();
    $target.focus({ preventScroll: true });
  }

  // What the page shows

  show() {
    const { form, view } = this;
    const asking = view !== "review" && view !== "outcome";
    form.dataset.view = asking ? "item" : view;
    for (const $item of form.querySelectorAll(".quiz__item")) $item.hidden = $item.dataset.item !== view;
    for (const $part of form.querySelectorAll(".quiz__part")) {
      $part.hidden = !asking || !$part.contains(this.item(view));
    }
    this.$where.hidden = this.$nav.hidden = !asking;
    this.$review.hidden = view !== "review";
    this.$after.hidden = view !== "outcome";
    if (asking) this.showItem();
    this.showReview(view === "review" ? visited(this.quiz, this.responses) : []);
    this.showOutcomes(view === "outcome" ? outcomesFor(this.quiz, this.responses) : []);
  }

  showItem() {
    const { $where, view } = this;
    const number = this.quiz.items.findIndex(({ id }) => id === view);
    $where.querySelector(".quiz__where-part").textContent = this.item(view).closest(".quiz__part").dataset.part;
    $where.querySelector(".quiz__where-count").textContent = `Question ${number + 1} of ${this.quiz.items.length}`;
    const $progress = $where.querySelector("progress");
    $progress.max = this.quiz.items.length;
    $progress.value = number;
    this.$nav.querySelector("[data-do=back]").hidden = !this.depth;
    this.answered(view);
  }

  /** Help that an answer calls for is shown at once; Skip becomes Next. */
  answered(id) {
    const chosen = this.responses.get(id) ?? [];
    for (const $help of this.item(id).querySelectorAll("[data-help]")) {
      $help.hidden = !$help.dataset.help.split(" ").some((option) => chosen.includes(option));
    }
    this.$nav.querySelector("[data-do=next]").textContent = chosen.length ? "Next" : "Skip";
    this.$nav.querySelector("[data-do=clear]").hidden = !chosen.length;
  }

  /** Away from the list nothing of it stays in the page, not even hidden. */
  showReview(items) {
    this.$review.querySelector(".quiz__answers").replaceChildren(
      ...items.map(({ id }) => {
        const $answer = this.clone("answer");
        const [$stem, $given] = $answer.children;
        $stem.textContent = this.stem(id);
        $given.textContent = this.given(id) || "Skipped";
        const $change = $answer.querySelector("button");
        $change.value = id;
        $change.setAttribute("aria-label", `Change: ${this.stem(id)}`);
        return $answer;
      }),
    );
  }

  showOutcomes(reached) {
    const { counted } = this;
    for (const $outcome of this.form.querySelectorAll(".outcome")) {
      const found = reached.find(({ id }) => id === $outcome.dataset.outcome);
      $outcome.hidden = !found;
      $outcome.querySelector(".outcome__why").replaceChildren(...(found ? this.why(found) : []));
      for (const $also of $outcome.querySelectorAll("[data-also]")) {
        const [item, option] = $also.dataset.also.split(".");
        $also.hidden = !counted.get(item)?.includes(option);
      }
    }
    // Help and a clear no are not diluted by what the pages behind other answers say.
    const plain = reached.some(({ standsAlone }) => standsAlone);
    const all = reached.length ? this.answers() : [];
    const told = plain ? reached.flatMap(({ because }) => because) : all;
    const $pages = this.$after.querySelector(".quiz__pages");
    $pages.hidden = !told.length;
    $pages.querySelector("ul").replaceChildren(...told.map((answer) => this.page(answer)));
    this.$after.querySelector(".quiz__taken").replaceChildren();
  }

  why({ because, isHelp }) {
    const $why = this.clone("why");
    const $ = (name) => $why.querySelector(`.outcome__${name}`);
    $("because").replaceChildren(...because.map((answer) => this.fill("said", { said: this.input(answer).dataset.restatement }, this.isPrivate(answer))));
    $("said").hidden = !because.length;
    if (because.length && because.every((answer) => this.isPrivate(answer))) {
      for (const name of ["head", "said"]) $(name).dataset.private = "";
    }
    $("nothing").hidden = because.length > 0;
    $("stands").hidden = !isHelp;
    const others = counterfactuals(this.quiz, this.responses).slice(0, CHANGES);
    $("else-head").hidden = !isHelp && !others.length;
    $("else").replaceChildren(
      ...others.map(({ item, option, leadsTo }) =>
        this.fill("else", { said: this.input(`${item}.${option}`).dataset.restatement, title: leadsTo.map((id) => this.title(id)).join(" / ") }),
      ),
    );
    return [...$why.children];
  }

  page(answer) {
    const { restatement, feedback, see, seeTitle } = this.input(answer).dataset;
    const $page = this.fill("page", { said: restatement, feedback, title: seeTitle }, this.isPrivate(answer));
    $page.querySelector("a").href = see;
    return $page;
  }

  take(name, selector, text) {
    const $taken = this.clone(name);
    const $field = $taken.querySelector(selector);
    this.$after.querySelector(".quiz__taken").replaceChildren($taken);
    $field.value = text;
  }

  /** Plain text, without private answers; and without a next step that rests on one. */
  summary() {
    const { quiz, counted } = this;
    const reached = outcomesFor(quiz, this.responses);
    const open = !reached.some(({ because }) => because.some((answer) => this.isPrivate(answer)));
    const steps = open ? reached.map(({ id }) => `A next step to think about: ${this.title(id)}`) : [];
    const answers = quiz.items
      .filter((item) => !item.private && counted.has(item.id))
      .map(({ id }) => `${this.stem(id)}\n  ${this.given(id)}`);
    return [`Self-quiz, edition ${quiz.edition}`, ...steps, "", ...answers].join("\n");
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

  answers() {
    return [...this.counted].flatMap(([item, chosen]) => chosen.map((option) => `${item}.${option}`));
  }

  isPrivate(answer) {
    return this.quiz.items.find(({ id }) => id === answer.split(".")[0]).private;
  }

  item(id) {
    return this.form.querySelector(`[data-item="${id}"]`);
  }

  inputs(item) {
    return [...this.item(item).querySelectorAll("input")];
  }

  input(answer) {
    const [item, option] = answer.split(".");
    return this.inputs(item).find(({ value }) => value === option);
  }

  stem(id) {
    return this.item(id).querySelector(".quiz__stem-text").textContent;
  }

  given(id) {
    return this.inputs(id)
      .filter(({ checked }) => checked)
      .map(($input) => $input.closest(".quiz__option").querySelector(".quiz__option-text").textContent)
      .join(" · ");
  }

  title(outcome) {
    return this.form.querySelector(`[data-outcome="${outcome}"] .outcome__title`).textContent;
  }

  clone(name) {
    const { content } = document.querySelector(`template[data-part="${name}"]`);
    const $copy = content.cloneNode(true);
    return $copy.children.length === 1 ? $copy.firstElementChild : $copy;
  }

  fill(name, words, hiddenOnPaper = false) {
    const $copy = this.clone(name);
    for (const [slot, text] of Object.entries(words)) {
      $copy.querySelector(`[data-slot=${slot}]`).textContent = text;
    }
    if (hiddenOnPaper) $copy.dataset.private = "";
    return $copy;
  }
}

// An address that names a part of the worksheet, its key say, means the worksheet as it stands.
const $named = document.getElementById(location.hash.slice(1));
for (const form of document.querySelectorAll("form[data-module=quiz]")) {
  if (form.contains($named)) form.dataset.worksheet = "";
  else new QuizForm(form).start();
}
