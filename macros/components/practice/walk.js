/**
 * Where a walk through the scenes leads. Pure: the same as macros/practice/proof.py, and a test
 * walks both through every scene.
 *
 * @typedef {{kind: string, words: string, silent: boolean, effect: string, to: number}} Reply
 * @typedef {{apart: number, stage: string, line: string, replies: Reply[], to: number}} Scene
 *   `to` is an ending that follows by itself, 0 where the reader replies
 * @typedef {{scenes: Map<number, Scene>, endings: Map<number, HTMLElement>}} Book  by booklet number
 * @typedef {{first: number, chosen: number[], out: number}} Walk  the first scene, the replies
 *   chosen by their places, and the ending the reader left for, 0 if they did not
 */

/**
 * @param {number} first
 * @returns {Walk}
 */
export function begin(first) {
  return { first, chosen: [], out: 0 };
}

/**
 * @param {Walk} walk
 * @param {number} reply its place in the scene
 * @returns {Walk}
 */
export function say(walk, reply) {
  return { ...walk, chosen: [...walk.chosen, reply] };
}

/**
 * @param {Walk} walk
 * @param {number} ending
 * @returns {Walk}
 */
export function leaveFor(walk, ending) {
  return { ...walk, out: ending };
}

/**
 * The numbers met, in order: scenes, and the ending if the walk has come to one.
 * @param {Book} book
 * @param {Walk} walk
 * @returns {number[]}
 */
export function met(book, { first, chosen, out }) {
  const numbers = [first];
  const last = () => numbers[numbers.length - 1];
  for (const reply of chosen) numbers.push(book.scenes.get(last()).replies[reply].to);
  const ending = out || book.scenes.get(last())?.to;
  return ending ? [...numbers, ending] : numbers;
}

/**
 * What was seen and said before the scene or ending of now, each with how far apart the two stood
 * after it.
 * @param {Book} book
 * @param {Walk} walk
 * @returns {{you: boolean, stage: string, line: string, apart: number}[]}
 */
export function transcript(book, walk) {
  const scenes = met(book, walk).map((number) => book.scenes.get(number)).filter(Boolean);
  return scenes.flatMap(({ stage, line, apart, replies }, n) => {
    const reply = replies[walk.chosen[n]];
    const partner = { you: false, stage, line, apart };
    if (!reply) return walk.out ? [partner] : [];
    const { words, silent } = reply;
    return [partner, { you: true, stage: silent ? words : "", line: silent ? "" : words, apart }];
  });
}
