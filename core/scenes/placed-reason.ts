import type { z } from 'zod';

/** What is wrong in a file, and where: `scenes[3].name`. */
export interface PlacedReason {
  readonly where: string;
  readonly reason: string;
}

const mostReasons = 200;
const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** What a schema found wrong, in words, at most 200 of them; the last one then says how many more there are. */
export function explainIssues(issues: readonly z.core.$ZodIssue[]): readonly PlacedReason[] {
  const all = issues.flatMap(explain);
  if (all.length <= mostReasons) return all;
  const shown = all.slice(0, mostReasons - 1);
  return [...shown, { where: 'the file', reason: `${all.length - shown.length} more problems are not listed` }];
}

function explain(issue: z.core.$ZodIssue): readonly PlacedReason[] {
  const where = placeOf(issue.path);
  const say = (reason: string): readonly PlacedReason[] => [{ where, reason: reason.slice(0, 500) }];
  switch (issue.code) {
    case 'invalid_type':
      return say(issue.input === undefined ? 'this is missing' : `this must be ${kinds[issue.expected] ?? issue.expected}`);
    case 'too_small':
      return say(`this must be at least ${issue.minimum}${unitOf(issue.origin)}`);
    case 'too_big':
      return say(`this may be at most ${issue.maximum}${unitOf(issue.origin)}`);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        where: placeOf([...issue.path, key.slice(0, 60)]),
        reason: 'this does not belong here',
      }));
    case 'invalid_value':
      return say(`this must be one of ${issue.values.map(String).join(', ')}`);
    case 'invalid_union':
      return say('this is none of the known kinds: camera, still, text, empty');
    default:
      // A schema's own words; those of the library are not written for people.
      return say(issue.message.startsWith('Invalid') ? 'this is not written as it must be' : issue.message);
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters long';
  return origin === 'array' ? ' entries long' : '';
}

function placeOf(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'the file' : text.slice(0, 200);
}
