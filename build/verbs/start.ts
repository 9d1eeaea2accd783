import { helpText, readOptions, startOptionDocs, startOptions } from '../../main/command-line.ts';
import { runVerb } from '../run-verb.ts';

await runVerb(async (argv) => {
  const values = readOptions(argv, startOptionDocs);
  if (values.has('help')) {
    process.stdout.write(helpText('npm start -- [options]   shows the wall', startOptionDocs));
    return 0;
  }
  const options = startOptions(values);
  if (options.setPin) {
    const { setPinHere } = await import('../../main/hosts/browser/set-pin-here.ts');
    return setPinHere(options.data);
  }
  const { startWall } = await import('../start-wall.ts');
  return startWall(options, argv);
});
