/**
 * The search. It runs on an index that stands in the page: nothing is asked of any server.
 *
 * What people call a thing is seldom what its page calls it, so the phrases of docs/data/search.yml
 * find most places. The words of headings and lines find the others.
 */
import { distance } from "../../vendor/fastest-levenshtein/fastest-levenshtein.js";

const SHORTEST_STEM = 3;
const LONGEST_STEM = 7;

// Between two words of a phrase may stand so many others; before the first word, where a phrase says
// that it begins what was typed, one less.
const GAP = 2;
const START = "^";

// What a word counts alone, in a phrase of two, of three, and as a hint.
const WEIGHTS = [0, 1.5, 1.7, 2];
const HINT = 0.7;

// What a word counts that tells nothing alone.
const UNTELLING = 0.3;

// What a word counts that is not known, and was taken for the nearest that is.
const MISTYPED = 0.6;

// What a topic's first place counts, its second, and so on.
const RANKS = [1, 0.6, 0.45, 0.35, 0.3];

// What a place counts when one of the same topic or page stands above it: the next may be about the
// rest of what was typed.
const REPEATED = 0.4;

// What the places of a kind of help count beside the first, which leads, and what those count that
// stand there when little else does.
const HELPING = 0.5;
const OTHERWISE = 0.25;

// What a word counts in each part of a place, times how rare it is, and what the worst result may be.
const FIELDS = { title: 0.3, page: 0.15, line: 0.06 };
const WORST = 0.2;
const MOST = 10;

// A shorter word is not guessed at where a wrong guess would alarm.
const GUESSED = 5;

// So many words a mistyped one may stand for. The library compares words of at most 32 letters.
const GUESSES = 3;
const LONGEST = 32;

/**
 * @typedef {{title: string, page: string, line: string}} Place what a result shows
 * @typedef {{help: number, found: number[]}} Answer the kind of help (-1: none) and the places, best
 *   first
 */

/**
 * @param {object} index as publish/search.py makes it
 * @param {Place[]} places in the order of the index
 * @returns {(typed: string) => Answer}
 */
export function createSearch(index, places) {
  const { stem, skip, same } = language(index);
  const common = setOf(index.common);
  const toStems = (text) => plainWords(text).map(stem).filter((word) => !skip.has(word));
  const untelling = new Set([...skip, ...common]);

  const texts = new Texts(places, toStems);
  const topics = new Phrases();
  index.topics.forEach(([, phrases, hints], topic) => {
    topics.add(phrases, topic);
    topics.add(hints, topic, true);
  });
  const dangers = new Phrases();
  const harmless = new Phrases();
  index.help.forEach(([, phrases, unless], kind) => {
    dangers.add(phrases, kind);
    harmless.add(unless, kind);
  });

  const pageOf = (number) => places[number].page || places[number].title;
  const notWithHelp = new Set(index.not_with_help.map(pageOf));

  const known = new Set([
    ...untelling, ...same.keys(), ...topics.words, ...dangers.words, ...texts.words,
  ]);

  /** Stems that a typed word may mean: itself, or when it is unknown the nearest known. */
  function guesses(word, last) {
    if (known.has(word)) return [word];
    const far = word.length > 5 ? 2 : Number(word.length > 3);
    const found = [];
    for (const one of known) {
      const begun = last && word.length > 2 && one.startsWith(word);
      const apart = begun ? 0 : distance(word.slice(0, LONGEST), one);
      // A wrong first letter is rare, and more often another word.
      if (apart <= far) found.push([one, apart + Number(one[0] !== word[0])]);
    }
    return found.sort(([, a], [, b]) => a - b).slice(0, GUESSES).map(([one]) => one);
  }

  /** The typed words, each with everything it may stand for, and whether it counts at all. */
  function tokens(typed) {
    const words = plainWords(typed).map(stem);
    const start = { all: new Set([START]), word: START, exact: true, sure: true, counts: false };
    const typedWords = words.map((word, n) => {
      const meant = guesses(word, n === words.length - 1);
      const all = new Set([word, ...meant].flatMap((one) => [one, ...same.get(one) ?? []]));
      const exact = meant[0] === word;
      const sure = exact || (word.length >= GUESSED && meant[0]?.[0] === word[0]);
      return { all, word: meant[0] ?? word, exact, sure, counts: !skip.has(meant[0]) };
    });
    return [start, ...typedWords];
  }

  return (typed) => {
    const said = tokens(typed);
    const scores = new Map();
    const add = (place, score) => scores.set(place, (scores.get(place) ?? 0) + score);
    const topicOf = new Map();

    for (const [topic, score] of topics.scores(said, untelling)) {
      index.topics[topic][0].forEach((place, rank) => {
        if (!(scores.get(place) >= score * RANKS[rank])) {
          scores.set(place, score * RANKS[rank]);
          topicOf.set(place, topic);
        }
      });
    }
    const telling = said.filter(({ all }) => ![...all].some((word) => untelling.has(word)));
    for (const [place, score] of texts.scores(telling)) add(place, score);
    const help = danger(said, dangers, harmless, untelling);
    if (help < 0 && said.some(({ counts }) => counts)) {
      index.otherwise.forEach((place, rank) => add(place, OTHERWISE * RANKS[rank]));
    }
    if (help >= 0) {
      for (const place of scores.keys()) if (notWithHelp.has(pageOf(place))) scores.delete(place);
      // Its first place leads; what else was asked about comes next, and then its other places.
      const most = Math.max(1, ...scores.values());
      index.help[help][0].forEach((place, rank) => add(place, most * (rank ? HELPING : 2)));
    }

    const worst = Math.max(...scores.values()) * WORST;
    const left = new Map([...scores].filter(([, score]) => score >= worst));
    const found = [];
    while (left.size > 0 && found.length < MOST) {
      const [best] = [...left].reduce((a, b) => (b[1] > a[1] ? b : a));
      found.push(best);
      left.delete(best);
      for (const [place, score] of left) {
        const sameTopic = topicOf.has(best) && topicOf.get(place) === topicOf.get(best);
        if (sameTopic || pageOf(place) === pageOf(best)) left.set(place, score * REPEATED);
      }
    }
    return { help, found };
  };
}

/** The kind of help for the longest phrase of danger that nothing harmless explains; -1 for none. */
function danger(said, dangers, harmless, untelling) {
  const sure = said.map((token) => (token.sure ? token : { ...token, all: new Set() }));
  const excuses = harmless.matches(said);
  const told = (spots) => spots.filter((spot) => !untelling.has(said[spot].word));
  const meant = dangers.matches(sure).filter(({ kind, spots }) => !excuses.some((excuse) => {
    const telling = told(spots);
    const explained = telling.length > 0 ? telling : spots;
    return excuse.kind === kind && explained.every((spot) => excuse.spots.includes(spot));
  }));
  meant.sort((a, b) => b.spots.length - a.spots.length || a.kind - b.kind);
  return meant[0]?.kind ?? -1;
}

/** The words of places, by how rare they are. */
class Texts {
  #weights = new Map();
  #places;

  /**
   * @param {Place[]} places
   * @param {(text: string) => string[]} toStems
   */
  constructor(places, toStems) {
    this.#places = places.length;
    places.forEach((place, number) => {
      for (const [field, weight] of Object.entries(FIELDS)) {
        for (const word of toStems(place[field])) this.#add(word, number, weight);
      }
    });
  }

  #add(word, number, weight) {
    if (!this.#weights.has(word)) this.#weights.set(word, new Map());
    const weights = this.#weights.get(word);
    weights.set(number, Math.max(weights.get(number) ?? 0, weight));
  }

  get words() {
    return this.#weights.keys();
  }

  /** @returns {Map<number, number>} for each place with a typed word, what its words count */
  scores(said) {
    const found = new Map();
    for (const { all } of said) {
      for (const word of all) {
        const weights = this.#weights.get(word) ?? [];
        const rare = Math.log10(this.#places / weights.size);
        for (const [number, weight] of weights) found.set(number, (found.get(number) ?? 0) + weight * rare);
      }
    }
    return found;
  }
}

/** Phrases, each of a kind, and where in a typed text they stand. */
class Phrases {
  #byFirst = new Map();
  #times = new Map();
  words = new Set();

  /**
   * @param {string} joined phrases of stems with commas between them, or slashes where the next begins
   *   with the same stem, which is left out
   * @param {number} kind
   * @param {boolean} hint whether they count for little
   */
  add(joined, kind, hint = false) {
    for (const text of joined.split(",").filter(Boolean).flatMap(unfold)) {
      const stems = text.split(" ");
      stems.forEach((word) => this.words.add(word));
      this.#times.set(text, (this.#times.get(text) ?? 0) + 1);
      if (!this.#byFirst.has(stems[0])) this.#byFirst.set(stems[0], []);
      this.#byFirst.get(stems[0]).push({ stems, kind, hint, text });
    }
  }

  /** @returns {{kind: number, spots: number[], hint: boolean, text: string}[]} */
  matches(said) {
    const found = [];
    said.forEach(({ all }, start) => {
      for (const first of all) {
        for (const phrase of this.#byFirst.get(first) ?? []) {
          const spots = follow(said, phrase.stems, start);
          if (spots) found.push({ ...phrase, spots });
        }
      }
    });
    return found;
  }

  /**
   * @param {object[]} said
   * @param {Set<string>} untelling
   * @returns {Map<number, number>} for each kind, what its phrases count together
   */
  scores(said, untelling) {
    const best = new Map();
    for (const { kind, spots, hint, text } of this.matches(said)) {
      // A phrase of many topics tells little.
      const weight = (hint ? HINT : WEIGHTS[Math.min(spots.length, 3)]) / Math.sqrt(this.#times.get(text));
      if (!best.has(kind)) best.set(kind, []);
      // Each word counts once, in the best of its phrases.
      for (const spot of spots) {
        const { word, exact } = said[spot];
        const own = weight * (untelling.has(word) ? UNTELLING : 1) * (exact ? 1 : MISTYPED);
        best.get(kind)[spot] = Math.max(best.get(kind)[spot] ?? 0, own);
      }
    }
    return new Map([...best].map(([kind, weights]) => [kind, weights.reduce((sum, weight) => sum + weight, 0)]));
  }
}

/** "a b/c d" as "a b" and "a c d". */
function unfold(folded) {
  const [first, ...others] = folded.split("/");
  const [start] = first.split(" ");
  return [first, ...others.map((rest) => `${start} ${rest}`)];
}

/** Where the words of a phrase stand from a start on, or undefined. */
function follow(said, stems, start) {
  const spots = [start];
  for (const stem of stems.slice(1)) {
    let next = spots[spots.length - 1] + 1;
    for (let passed = 0; next < said.length && !said[next].all.has(stem); next += 1) {
      passed += Number(said[next].counts);
      if (passed > GAP - Number(stems[0] === START)) return undefined;
    }
    if (next === said.length) return undefined;
    spots.push(next);
  }
  return spots;
}

/** How the words of a language end, which do not count, and which mean the same. */
function language(index) {
  const whole = setOf(index.whole);
  const endings = index.endings.split(" ");
  const same = new Map();
  for (const [id, words] of Object.entries(index.same)) {
    for (const word of words.split(" ")) same.set(word, [...same.get(word) ?? [], id]);
  }
  const stem = (word) => (whole.has(word) ? word : withoutEnding(word, endings, index.finals));
  return { stem, skip: setOf(index.skip), same };
}

/** A word's beginning, without its ending, a final letter and a doubled one, as in data/search.py. */
function withoutEnding(word, endings, finals) {
  const ending = endings.find((one) => {
    const left = word.length - one.length;
    return word.endsWith(one) && left >= SHORTEST_STEM && word.slice(left - 1) !== "ss";
  });
  let stem = ending ? word.slice(0, -ending.length) : word;
  if (stem.length > SHORTEST_STEM && finals.includes(stem.slice(-1))) stem = stem.slice(0, -1);
  if (stem.length > SHORTEST_STEM && stem.slice(-1) === stem.slice(-2, -1)) stem = stem.slice(0, -1);
  return stem.slice(0, LONGEST_STEM);
}

function setOf(words) {
  return new Set(words.split(" "));
}

/**
 * @param {string} text
 * @returns {string[]} its words in small letters, as in data/search.py
 */
export function plainWords(text) {
  const bare = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replace(/['\u2019](?:s|m|re|ve|ll|d)\b/g, "").replace(/['\u2019]/g, "")
    .replace(/(\p{L})\1\1+/gu, "$1");
  return bare.match(/[\p{L}\p{N}]+/gu) ?? [];
}
