// Reads a script with acorn (its path comes first) and prints as JSON what is newer in its grammar,
// by names of browser-compat-data, and the names of all members it reads or calls.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , acorn, file] = process.argv;
const { parse } = createRequire(import.meta.url)(acorn);
const grammar = new Set();
const members = new Set();

const KINDS = {
  StaticBlock: () => "classes.static.initialization_blocks",
  PrivateIdentifier: () => "classes.private_class_fields",
  PropertyDefinition: (node) => node.key.type === "Identifier" && "classes.public_class_fields",
  ChainExpression: () => "operators.optional_chaining",
  LogicalExpression: ({ operator }) => operator === "??" && "operators.nullish_coalescing",
  BinaryExpression: ({ operator, left }) =>
    operator === "in" && left.type === "PrivateIdentifier" && "classes.private_class_fields_in",
  AssignmentExpression: ({ operator }) => ({
    "??=": "operators.nullish_coalescing_assignment",
    "||=": "operators.logical_or_assignment",
    "&&=": "operators.logical_and_assignment",
  })[operator],
  MethodDefinition: ({ key }) => key.type === "PrivateIdentifier" && "classes.private_class_methods",
};
const REGEX = [
  [/\(\?<[=!]/, "regular_expressions.lookbehind_assertion"],
  [/\(\?<[a-z]/i, "regular_expressions.named_capturing_group"],
  [/\\p\{/i, "regular_expressions.unicode_character_class_escape"],
  [/\(\?[ims-]+:/, "regular_expressions.modifier"],
];

function walk(node) {
  if (!node || typeof node !== "object") return;
  if (Array.isArray(node)) return node.forEach(walk);
  if (typeof node.type !== "string") return;
  const found = KINDS[node.type]?.(node);
  if (found) grammar.add(found);
  if (node.type === "MemberExpression" && node.property.type === "Identifier" && !node.computed)
    members.add(node.property.name);
  if (node.type === "ObjectPattern")
    for (const { key } of node.properties) if (key?.type === "Identifier") members.add(key.name);
  if (node.regex) {
    for (const [pattern, name] of REGEX) if (pattern.test(node.regex.pattern)) grammar.add(name);
    if (node.regex.flags.includes("v")) grammar.add("builtins.RegExp.unicodeSets");
  }
  Object.values(node).forEach(walk);
}

walk(parse(readFileSync(file, "utf-8"), { ecmaVersion: 2024 }));
process.stdout.write(JSON.stringify({ grammar: [...grammar], members: [...members] }));
