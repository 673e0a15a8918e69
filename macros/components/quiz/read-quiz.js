/**
 * The quiz as the page has it: the rendered worksheet is the data. Rules stand in it as a reader
 * on paper reads them: `1bc and 4bcd; 5kl` is b or c at question 1 with b, c or d at question 4,
 * or k or l at question 5.
 * @param {HTMLElement} $sheet the worksheet
 * @returns {import("./rules.js").Quiz}
 */
export function readQuiz($sheet) {
  const items = [...$sheet.querySelectorAll("fieldset")].map(readItem);
  for (const { options } of items) {
    for (const option of options) option.skipTo = option.skipTo && items[option.skipTo - 1].id;
  }
  return {
    edition: Number($sheet.dataset.edition),
    items,
    outcomes: [...$sheet.querySelectorAll(".quiz__key-list li")].map(($line) => ({
      id: $line.querySelector("a").hash.slice(4),
      title: $line.querySelector("a").textContent,
      priority: $line.value,
      isHelp: "isHelp" in $line.dataset,
      hidesChanges: "hidesChanges" in $line.dataset,
      when: readRules($line.firstChild.textContent, items),
    })),
  };
}

/**
 * @param {string} text rules joined by ";"
 * @param {import("./rules.js").Item[]} items
 * @returns {import("./rules.js").Rule[]}
 */
export function readRules(text, items) {
  const rules = text.split(";").map((rule) =>
    [...rule.matchAll(/(\d+)([a-z]+)/g)].map(([, number, letters]) => {
      const { id, options } = items[number - 1];
      return { item: id, options: [...letters].map((letter) => options[letter.charCodeAt(0) - 97].id) };
    }),
  );
  return rules.filter((rule) => rule.length);
}

function readItem($item) {
  const $inputs = [...$item.querySelectorAll("input")];
  return {
    id: $item.id,
    kind: $inputs[0].type === "radio" ? "single" : "multiple",
    private: "private" in $item.dataset,
    options: $inputs.map(($input) => ({
      id: $input.value,
      skipTo: $input.closest("li")?.querySelector("i")?.textContent.match(/\d+/)[0] ?? "",
      exclusive: "exclusive" in $input.dataset,
    })),
  };
}
