import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { toldKinds } from '../../core/audit/audit-words.ts';
import { contract } from '../../core/contract.ts';
import { problems } from '../../core/streams/problem.ts';
import { languages } from '../../renderer/app/languages.ts';
import { strings } from './strings-of.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const english = strings('en');
const plural = /_(zero|one|two|few|many|other)$/;
const keys = new Set([...english.keys()].map((key) => key.replace(plural, '')));
const sections = new Set([...keys].map((key) => key.split('.')[0] ?? ''));

const read = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
// What core names is said by the renderer.
const sources = [...read('renderer'), ...read('core')];

/** Every quoted `section.key`, and every template `section.start${…}` as the beginning of keys that are used by what the program finds. */
const quoted = new Set<string>();
const begun = new Set<string>();
for (const source of sources) {
  for (const [, key] of source.matchAll(/['"]([a-z-]+\.[a-z0-9-]+)['"]/g)) {
    if (key && sections.has(key.split('.')[0] ?? '')) quoted.add(key);
  }
  for (const [, start] of source.matchAll(/\bt\(\s*`([a-z-]+\.[a-z0-9-]*)\$\{/g)) if (start) begun.add(start);
}
// Names of the contract, kinds of records and ids of commands have the same form as keys.
const contractNames = new Set([...Object.keys(contract), ...toldKinds]);
const commandIds = new Set(
  sources.flatMap((source) => [...source.matchAll(/\bid: '([a-z-]+\.[a-z0-9-]+)'/g)].map(([, id]) => id)),
);
const commandIdsUsed = new Set(
  sources.flatMap((source) => [...source.matchAll(/[cC]ommand(?:ById)?\('([a-z-]+\.[a-z0-9-]+)'\)/g)].map(([, id]) => id)),
);

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

describe('the strings of the program', () => {
  it('have words for every key that is used', () => {
    const missing = [...quoted].filter(
      (key) => !keys.has(key) && !contractNames.has(key) && !commandIds.has(key) && !commandIdsUsed.has(key),
    );
    expect(missing).toEqual([]);
    expect([...begun].filter((start) => ![...keys].some((key) => key.startsWith(start)))).toEqual([]);
  });

  it('are all used', () => {
    const unused = [...keys].filter((key) => !quoted.has(key) && ![...begun].some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
  });

  it('have words for every problem a stream can have, and for none that does not exist', () => {
    const told = [...keys].filter((key) => key.startsWith('problem.')).map((key) => key.slice('problem.'.length));
    expect(told.sort()).toEqual([...Object.keys(problems), 'none'].sort());
  });

  for (const { value: language } of languages) {
    describe(`in ${language}`, () => {
      const words = strings(language);

      it('have the same keys as the English ones, none missing and none left over', () => {
        expect([...english.keys()].filter((key) => !words.has(key))).toEqual([]);
        expect([...words.keys()].filter((key) => !english.has(key))).toEqual([]);
      });

      it('have something to say under every key, with the same placeholders', () => {
        for (const [key, text] of words) {
          expect(text.trim(), key).not.toBe('');
          expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
        }
      });

      it('have a form for every plural of the language', () => {
        const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
        const counted = [...new Set([...english.keys()].filter((key) => plural.test(key)).map((key) => key.replace(plural, '')))];
        expect(counted.flatMap((key) => forms.map((form) => `${key}_${form}`)).filter((key) => !words.has(key))).toEqual([]);
      });

      it('keep the digits people say aloud: Latin ones', () => {
        expect([...words].filter(([, text]) => /[\u0660-\u0669\u06F0-\u06F9]/.test(text))).toEqual([]);
      });

      it('close what they isolate', () => {
        const open = (text: string) => text.match(/[\u2066-\u2068]/g)?.length ?? 0;
        const closed = (text: string) => text.match(/\u2069/g)?.length ?? 0;
        expect([...words].filter(([, text]) => open(text) !== closed(text))).toEqual([]);
      });
    });
  }

  it('are chosen by the number in each language', async () => {
    const translate = i18next.createInstance();
    await translate.init({
      resources: Object.fromEntries(
        languages.map(({ value }) => [
          value,
          { translation: JSON.parse(readFileSync(join(root, `assets/strings/${value}.json`), 'utf8')) as object },
        ]),
      ),
    });
    for (const { value: lng } of languages) {
      expect(translate.t('layout.tiles', { lng, count: 1 })).not.toBe(
        translate.t('layout.tiles', { lng, count: 12 }).replace('12', '1'),
      );
    }
  });
});
