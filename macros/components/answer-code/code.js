/**
 * The answer code: the edition and the responses that are not private, in a few symbols that can
 * be read over the phone. Crockford's base 32 (crockford.com/base32.html) with its check symbol.
 *
 * The number behind it is in mixed radix, the first public item as the lowest digit: a single
 * item is 0 when skipped, else the place of its option; a multiple item is a bit an option. The
 * edition stands below them all, so that it can be read without knowing the items.
 */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECKS = `${SYMBOLS}*~$=U`;
const EDITIONS = 64n;

/**
 * @param {import("./rules.js").Quiz} quiz
 * @param {import("./rules.js").Responses} responses
 * @returns {string} in groups of four, like "7K3Q-9XZ2-M"
 */
export function encode(quiz, responses) {
  let number = 0n;
  for (const item of publicItems(quiz).reverse()) {
    number = number * radix(item) + digit(item, responses.get(item.id) ?? []);
  }
  number = number * EDITIONS + BigInt(quiz.edition);
  let symbols = "";
  for (let rest = number, n = 0; n < codeLength(quiz); n += 1, rest /= 32n) {
    symbols = SYMBOLS[Number(rest % 32n)] + symbols;
  }
  return (symbols + CHECKS[Number(number % 37n)]).replace(/(.{4})(?=.)/g, "$1-");
}

/**
 * How many symbols a code of this quiz has before its check symbol: as many as its largest
 * number needs, so that the length tells nothing about the answers.
 * @param {{items: import("./rules.js").Item[]}} quiz
 * @returns {number}
 */
export function codeLength(quiz) {
  let values = publicItems(quiz).reduce((product, item) => product * radix(item), EDITIONS);
  let length = 0;
  for (values -= 1n; values > 0n; values /= 32n) length += 1;
  return length;
}

/**
 * Reads what somebody typed or pasted: any case, spaces or dashes of any kind anywhere, O for 0,
 * I or L for 1, full-width letters, invisible marks, and words around the code.
 * @param {string} text
 * @param {Map<number, {items: import("./rules.js").Item[]}>} editions what each edition asked
 * @returns {{fault: "form"|"check"|"edition"|"range", edition?: number} |
 *   {edition: number, responses: import("./rules.js").Responses}}
 */
export function decode(text, editions) {
  const plain = text.normalize("NFKC").replace(/\p{Cf}/gu, "").replace(/\p{Pd}/gu, "-").toUpperCase();
  const within = plain.match(/(?:[0-9A-Z]{4}-)+[0-9A-Z*~$=]{1,4}/g) ?? [];
  const found = [plain, ...within, plain.split(":").pop()].map((part) => decodePlain(part, editions));
  return found.find(({ fault }) => fault !== "form") ?? found[0];
}

function decodePlain(text, editions) {
  const typed = text.replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const places = [...typed.slice(0, -1)].map((symbol) => SYMBOLS.indexOf(symbol));
  const check = CHECKS.indexOf(typed.slice(-1));
  if (typed.length < 3 || typed.length > 60 || check < 0 || places.includes(-1)) return { fault: "form" };
  const number = places.reduce((sum, place) => sum * 32n + BigInt(place), 0n);
  if (number % 37n !== BigInt(check)) return { fault: "check" };
  const edition = Number(number % EDITIONS);
  const asked = editions.get(edition);
  if (!asked) return { fault: "edition", edition };
  if (places.length !== codeLength(asked)) return { fault: "form" };
  const responses = new Map();
  let rest = number / EDITIONS;
  for (const item of publicItems(asked)) {
    const chosen = chosenBy(item, rest % radix(item));
    if (chosen.length) responses.set(item.id, chosen);
    rest /= radix(item);
  }
  return rest ? { fault: "range" } : { edition, responses };
}

function publicItems({ items }) {
  return items.filter((item) => !item.private);
}

function radix({ kind, options }) {
  return kind === "single" ? BigInt(options.length + 1) : 1n << BigInt(options.length);
}

function digit({ kind, options }, chosen) {
  if (kind === "single") return BigInt(options.findIndex(({ id }) => chosen.includes(id)) + 1);
  return options.reduce((bits, { id }, n) => bits | (chosen.includes(id) ? 1n << BigInt(n) : 0n), 0n);
}

function chosenBy({ kind, options }, value) {
  if (kind === "single") return value ? [options[Number(value) - 1].id] : [];
  return options.filter((_, n) => value & (1n << BigInt(n))).map(({ id }) => id);
}
