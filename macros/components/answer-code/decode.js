// Reading answer codes; code.js says how one is made.
import { CHECKS, EDITIONS, SYMBOLS, codeLength, publicItems, radix } from "./code.js";

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

function chosenBy({ kind, options }, value) {
  if (kind === "single") return value ? [options[Number(value) - 1].id] : [];
  return options.filter((_, n) => value & (1n << BigInt(n))).map(({ id }) => id);
}
