/**
 * The answer code: the edition and the responses that are not private, in a few symbols that can
 * be read over the phone. Crockford's base 32 (crockford.com/base32.html) with its check symbol.
 *
 * The number behind it is in mixed radix, the first public item as the lowest digit: a single
 * item is 0 when skipped, else the place of its option; a multiple item is a bit an option. The
 * edition stands below them all, so that it can be read without knowing the items.
 */
export const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const CHECKS = `${SYMBOLS}*~$=U`;
export const EDITIONS = 64n;

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

export function publicItems({ items }) {
  return items.filter((item) => !item.private);
}

export function radix({ kind, options }) {
  return kind === "single" ? BigInt(options.length + 1) : 1n << BigInt(options.length);
}

function digit({ kind, options }, chosen) {
  if (kind === "single") return BigInt(options.findIndex(({ id }) => chosen.includes(id)) + 1);
  return options.reduce((bits, { id }, n) => bits | (chosen.includes(id) ? 1n << BigInt(n) : 0n), 0n);
}
