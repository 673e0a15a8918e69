/**
 * The quiz as the page has it: the rendered worksheet is the data.
 * @param {HTMLFormElement} form
 * @returns {import("./rules.js").Quiz}
 */
export function readQuiz(form) {
  return {
    edition: Number(form.dataset.edition),
    items: [...form.querySelectorAll("[data-item]")].map(readItem),
    outcomes: [...form.querySelectorAll("[data-outcome]")].map(readOutcome),
  };
}

function readItem($item) {
  return {
    id: $item.dataset.item,
    kind: $item.dataset.kind,
    private: "private" in $item.dataset,
    options: [...$item.querySelectorAll("input")].map(($input) => ({
      id: $input.value,
      skipTo: $input.dataset.skipTo ?? "",
      exclusive: "exclusive" in $input.dataset,
    })),
  };
}

/** `data-when` is rules joined by |, each items joined by &, each `item:option,option`. */
function readOutcome($outcome) {
  const { outcome, priority, when } = $outcome.dataset;
  return {
    id: outcome,
    priority: Number(priority),
    isHelp: "isHelp" in $outcome.dataset,
    standsAlone: "standsAlone" in $outcome.dataset,
    when: when.split("|").filter(Boolean).map((rule) =>
      rule.split("&").map((part) => {
        const [item, options] = part.split(":");
        return { item, options: options.split(",") };
      }),
    ),
  };
}
