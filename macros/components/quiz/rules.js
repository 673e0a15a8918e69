/**
 * Which outcomes a set of responses leads to, why, and what would change it. Pure: the same rules
 * as macros/quiz/outcomes.py, and a test feeds both the same responses.
 *
 * @typedef {{id: string, skipTo: string, exclusive: boolean}} Option
 * @typedef {{id: string, kind: string, private: boolean, options: Option[]}} Item
 * @typedef {{item: string, options: string[]}[]} Rule  holds when each entry has a chosen option
 * @typedef {{id: string, title: string, priority: number, isHelp: boolean, hidesChanges: boolean, when: Rule[]}} Outcome
 * @typedef {{edition: number, items: Item[], outcomes: Outcome[]}} Quiz
 * @typedef {Map<string, string[]>} Responses  item id to chosen option ids; skipped items absent
 */

/**
 * The items a reader meets, in order: skip logic jumps forward over the rest.
 * @param {Quiz} quiz
 * @param {Responses} responses
 * @returns {Item[]}
 */
export function visited(quiz, responses) {
  let jump = "";
  return quiz.items.filter((item) => {
    if (jump && item.id !== jump) return false;
    const chosen = responses.get(item.id) ?? [];
    jump = item.options.find((option) => option.skipTo && chosen.includes(option.id))?.skipTo ?? "";
    return true;
  });
}

/**
 * The responses that count: to items the reader meets, in the quiz's order.
 * @param {Quiz} quiz
 * @param {Responses} responses
 * @returns {Responses}
 */
export function effective(quiz, responses) {
  const met = visited(quiz, responses).filter((item) => responses.get(item.id)?.length);
  return new Map(met.map((item) => [item.id, responses.get(item.id)]));
}

/**
 * The outcomes reached, each with the responses it rests on ("item.option").
 * @param {Quiz} quiz
 * @param {Responses} responses
 * @returns {(Outcome & {because: string[]})[]}
 */
export function outcomesFor(quiz, responses) {
  const counted = effective(quiz, responses);
  const reached = quiz.outcomes.filter(({ when }) => !when.length || when.some((rule) => holds(rule, counted)));
  const strongest = Math.min(...reached.map(({ priority }) => priority));
  return reached
    .filter(({ priority }) => priority === strongest)
    .map((outcome) => ({ ...outcome, because: because(quiz, outcome, counted) }));
}

/**
 * The nearest single answers that lead elsewhere, one for each other place.
 * @param {Quiz} quiz
 * @param {Responses} responses
 * @returns {{item: string, option: string, leadsTo: string[]}[]}
 */
export function counterfactuals(quiz, responses) {
  const now = outcomesFor(quiz, responses);
  if (now.some(({ hidesChanges }) => hidesChanges)) return [];
  const found = new Map([[names(now), null]]);
  const counted = effective(quiz, responses);
  for (const item of quiz.items) {
    if (item.private || item.kind !== "single" || !counted.has(item.id)) continue;
    for (const option of item.options) {
      const there = outcomesFor(quiz, new Map([...responses, [item.id, [option.id]]]));
      const key = names(there);
      if (!found.has(key)) {
        found.set(key, { item: item.id, option: option.id, leadsTo: there.map(({ id }) => id) });
      }
    }
  }
  return [...found.values()].filter(Boolean);
}

function names(outcomes) {
  return outcomes.map((outcome) => outcome.id).join();
}

/**
 * @param {Rule} rule
 * @param {Responses} counted
 * @returns {boolean} whether, for every item the rule names, one of its options was chosen
 */
export function holds(rule, counted) {
  return rule.every(({ item, options }) => counted.get(item)?.some((id) => options.includes(id)));
}

function because(quiz, { when }, counted) {
  const met = when.filter((rule) => holds(rule, counted));
  const named = ({ id }, option) =>
    met.some((rule) => rule.some((part) => part.item === id && part.options.includes(option.id)));
  return quiz.items.flatMap((item) =>
    item.options
      .filter((option) => counted.get(item.id)?.includes(option.id) && named(item, option))
      .map((option) => `${item.id}.${option.id}`),
  );
}
