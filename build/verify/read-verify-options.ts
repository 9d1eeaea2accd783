import { CommandLineError, type OptionDoc, readOptions } from '../../main/command-line.ts';

export const verifyDocs: readonly OptionDoc[] = [
  { name: 'key', value: 'FILE', text: 'the public key that the centre published (PEM); without it nobody is known' },
  { name: 'second-key', value: 'FILE', text: 'the public key of the seat whose second signature is expected (PEM)' },
  { name: 'audit', text: 'checks the audit log of a data folder instead of a bundle' },
  { name: 'head', value: 'FILE', text: 'with --audit: the copied heads to hold it against, a file or a folder of them' },
  { name: 'data', value: 'FOLDER', text: 'with --audit: the data folder; the usual one by default' },
  { name: 'json', text: 'one JSON object on stdout' },
];

export const verifyUsage =
  'npm run verify -- <bundle.zip> [options]   says whether sealed evidence was changed, without Deedban running';

export interface VerifyOptions {
  readonly help: boolean;
  /** Null where none was named. */
  readonly bundle: string | null;
  readonly key: string | null;
  readonly secondKey: string | null;
  readonly json: boolean;
  readonly audit: boolean;
  readonly head: string | null;
  readonly data: string | null;
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
  const last = (name: string) => values.get(name)?.at(-1) ?? null;
  const audit = values.has('audit');
  if (audit && bundles.length > 0) throw new CommandLineError('Either a bundle or --audit, please.');
  if (!audit && (values.has('head') || values.has('data'))) throw new CommandLineError('--head and --data go with --audit.');
  return {
    help: values.has('help'),
    bundle: bundles[0] ?? null,
    key: last('key'),
    secondKey: last('second-key'),
    json: values.has('json'),
    audit,
    head: last('head'),
    data: last('data'),
  };
}
