import { resolve } from 'node:path';
import { cameraOptionDocs, helpText, numberOption, readOptions, startOptions } from '../../main/command-line.ts';
import { runVerb } from '../run-verb.ts';

const docs = [
  ...cameraOptionDocs,
  { name: 'seconds', value: 'N', text: 'how long it measures, 1 to 3600; 10 by default' },
  { name: 'timeout', value: 'N', text: 'how many seconds it waits for the tiles, 1 to 600; 60 by default' },
  { name: 'picture', value: 'FILE', text: 'where the picture of the wall goes; proof.png by default' },
  { name: 'json', text: 'one JSON object on stdout' },
];

await runVerb(async (argv) => {
  const values = readOptions(argv, docs);
  if (values.has('help')) {
    process.stdout.write(
      helpText('npm run proof -- [options]   opens the wall unseen, waits for live tiles, measures them', docs),
    );
    return 0;
  }
  const options = startOptions(values);
  const seconds = numberOption(values, 'seconds', 1, 3_600) ?? 10;
  const timeoutS = numberOption(values, 'timeout', 1, 600) ?? 60;
  const { commandAtMs, prepareBrowserHost } = await import('../start-wall.ts');
  const { runProof } = await prepareBrowserHost({ windows: true });
  return runProof({
    options,
    commandAtMs,
    measureMs: seconds * 1_000,
    timeoutMs: timeoutS * 1_000,
    picture: resolve(values.get('picture')?.at(-1) ?? 'proof.png'),
    json: values.has('json'),
  });
});
