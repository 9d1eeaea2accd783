import { helpText, readOptions } from '../../main/command-line.ts';
import { bundle } from '../bundle.ts';
import { dist } from '../packaging/dist.ts';
import { runVerb } from '../run-verb.ts';

const docs = [{ name: 'stub', text: 'with a stub in place of Electron: checks the package, gives nothing that runs' }];

await runVerb(async (argv) => {
  const values = readOptions(argv, docs);
  if (values.has('help')) {
    process.stdout.write(helpText('npm run dist -- [options]   packages Deedban for this platform into release/', docs));
    return 0;
  }
  await bundle();
  return dist({ stub: values.has('stub') });
});
