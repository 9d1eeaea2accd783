import { CommandLineError, type OptionDoc, readOptions } from '../../main/command-line.ts';

export const verifyDocs: readonly OptionDoc[] = [
  { name: 'key', value: 'FILE', text: 'the public key that the centre published (PEM); without it nobody is known' },
  { name: 'json', text: 'one JSON object on stdout' },
];

export const verifyUsage =
  'npm run verify -- <bundle.zip> [options]   says whether sealed evidence was changed, without Deedban running';

export interface VerifyOptions {
  readonly help: boolean;
  /** Null where none was named. */
  readonly bundle: string | null;
  readonly key: string | null;
  readonly json: boolean;
}

/** The one word that is neither an option nor an option's value is the bundle. Throws a CommandLineError. */
export function readVerifyOptions(argv: readonly string[]): VerifyOptions {
  const takesValue = new Set(verifyDocs.filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`));
  const isBundle = (word: string, place: number) => !word.startsWith('-') && !takesValue.has(argv[place - 1] ?? '');
  const bundles = argv.filter(isBundle);
  const values = readOptions(
    argv.filter((word, place) => !isBundle(word, place)),
    verifyDocs,
  );
  if (bundles.length > 1) throw new CommandLineError('One bundle at a time, please.');
  return {
    help: values.has('help'),
    bundle: bundles[0] ?? null,
    key: values.get('key')?.at(-1) ?? null,
    json: values.has('json'),
  };
}
