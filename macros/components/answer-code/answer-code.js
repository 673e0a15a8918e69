// Reads one or two answer codes. What is typed stays in its field; nothing is sent or kept.
import { decode } from "./decode.js";
import { readQuiz } from "../quiz/read-quiz.js";
import { outcomesFor } from "../quiz/rules.js";

const $reader = document.querySelector("[data-module=answer-code]");
const said = $reader.dataset;
const part = (name) => $reader.querySelector(`template[data-part="${name}"]`).content;
const $sheet = part("quiz").querySelector("[data-edition]");
const quiz = readQuiz($sheet);
const editions = new Map([[quiz.edition, quiz]]);
for (const $old of part("editions").querySelectorAll("[data-edition]")) {
  const old = readQuiz($old);
  editions.set(old.edition, old);
}
const asked = quiz.items.filter((item) => !item.private);
const $first = $reader.querySelector("[data-code=first]");
const $second = $reader.querySelector("[data-code=second]");
const $single = $reader.querySelector(".reader__one");
const $both = $reader.querySelector(".reader__both");
const $offer = $reader.querySelector(".reader__second");
const $compare = $reader.querySelector(".reader__compare");
const $ask = $reader.querySelector("[data-do=compare]");

$reader.querySelector(".reader__without").hidden = true;
$reader.querySelector(".reader__all").hidden = false;

$first.addEventListener("submit", (event) => {
  event.preventDefault();
  close();
  const found = read($first);
  if (!found) return;
  show($single, single(found));
  $single.focus();
  $offer.hidden = false;
});
$second.addEventListener("submit", (event) => {
  event.preventDefault();
  for (const $part of [$single, $both]) empty($part);
  // The first field may have been changed since it was read.
  const [first, second] = [read($first), read($second)];
  if (first) show($single, single(first));
  if (!first || !second) return;
  show($both, sideBySide(first, second));
  $both.focus();
});
$ask.addEventListener("click", () => {
  $compare.hidden = false;
  $second.querySelector("input").focus();
});
$reader.querySelector("[data-do=forget]").addEventListener("click", () => {
  forgetCodes();
  $first.querySelector("input").focus();
});
document.addEventListener("forget", forgetCodes);

/** What a field holds, or nothing, with the reason beside the field. */
function read($field) {
  const found = decode($field.querySelector("input").value, editions);
  const $fault = $field.querySelector(".reader__fault");
  $fault.replaceChildren();
  if (!found.fault) return found;
  $fault.append($reader.querySelector(`template[data-fault="${found.fault}"]`).content.cloneNode(true));
  $field.querySelector("input").focus();
  return undefined;
}

function close() {
  for (const $part of [$single, $both]) empty($part);
  $offer.hidden = $compare.hidden = true;
}

function forgetCodes() {
  for (const $field of [$first, $second]) {
    $field.reset();
    $field.querySelector(".reader__fault").replaceChildren();
  }
  close();
}

function show($part, content) {
  $part.replaceChildren(content);
  $part.hidden = false;
}

function empty($part) {
  $part.hidden = true;
  $part.replaceChildren();
}

function single({ edition, responses }) {
  const current = edition === quiz.edition;
  const $one = fill("one", {
    edition: [String(edition)],
    outcomes: current ? outcomesFor(quiz, responses).map(outcome) : [],
    answers: asked.map((item) => fill("answer", { stem: [stem(item)], given: [given(item, responses)] })),
  });
  $one.querySelector("[data-slot=old]").hidden = current;
  return $one;
}

function outcome({ id, title, because }) {
  const $outcome = fill("outcome", {
    title: [title],
    because: quiz.items
      .map((item) => [item, because.filter((answer) => answer.startsWith(`${item.id}.`)).map((answer) => answer.split(".")[1])])
      .filter(([, options]) => options.length)
      .map(([item, options]) => fill("reason", { stem: [stem(item)], given: [given(item, new Map([[item.id, options]]))] })),
  });
  $outcome.querySelector("[data-slot=title]").href = `${$reader.querySelector(".reader__without a").href.split("#")[0]}#to-${id}`;
  $outcome.querySelector("[data-slot=said]").hidden = !because.length;
  $outcome.querySelector("[data-slot=nothing]").hidden = because.length > 0;
  return $outcome;
}

function sideBySide(one, other) {
  const [first, second] = [one.responses, other.responses];
  const tally = { same: 0, other: 0, alone: 0 };
  const rows = asked.map((item) => {
    const verdict = compared(first.get(item.id), second.get(item.id));
    tally[verdict] += 1;
    return fill("row", {
      stem: [stem(item)],
      first: [given(item, first)],
      second: [given(item, second)],
      verdict: [said[verdict] ?? ""],
    });
  });
  const counts = Object.entries(tally).map(([verdict, count]) => [verdict, [questions(count)]]);
  const $both = fill("both", { ...Object.fromEntries(counts), rows });
  $both.querySelector("[data-slot=editions]").hidden = [one, other].every(({ edition }) => edition === quiz.edition);
  return $both;
}

/** The same or another; alone when one of them, or both, did not answer. */
function compared(one, other) {
  if (!one || !other) return "alone";
  return one.join() === other.join() ? "same" : "other";
}

function questions(count) {
  return [said.none, said.one][count] ?? said.many.replace("{count}", count);
}

function fill(name, slots) {
  const $copy = part(name).cloneNode(true);
  for (const [slot, content] of Object.entries(slots)) {
    $copy.querySelector(`[data-slot="${slot}"]`).replaceChildren(...content);
  }
  return $copy;
}

function stem({ id }) {
  return $sheet.querySelector(`fieldset[id="${id}"] legend`).lastChild.data;
}

function given({ id }, responses) {
  const words = (responses.get(id) ?? []).map(
    (option) => $sheet.querySelector(`input[name="${id}"][value="${option}"]`)?.parentElement.textContent ?? said.gone,
  );
  return words.join(" · ") || said.skipped;
}
