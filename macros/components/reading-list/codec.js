/** How many entries a list holds: an address much longer may be cut short on its way. */
export const LONGEST = 40;

/**
 * The ids a list's address names, in order, each once. Whatever is not of the form we write
 * gives none: an address may come from anyone.
 * @param {string} fragment what stands after the page's address, with its #
 * @returns {string[]}
 */
export function readList(fragment) {
  if (!/^#[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?(,[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?)*$/.test(fragment)) return [];
  return [...new Set(fragment.slice(1).split(","))].slice(0, LONGEST);
}

/**
 * The fragment of a list: see readList.
 * @param {string[]} ids
 */
export function writeList(ids) {
  return `#${ids.join(",")}`;
}
