import { CommandLineError, helpText, readOptions } from '../../main/command-line.ts';
import { runVerb } from '../run-verb.ts';

await runVerb(async (argv) => {
  if (readOptions(argv, []).has('help')) {
    process.stdout.write(helpText('npm run verify   checks sealed evidence; this version seals none yet', []));
    return 0;
  }
  throw new CommandLineError(
    'This version of Deedban seals no evidence, so there is nothing it could verify. Nothing was checked.',
  );
});
