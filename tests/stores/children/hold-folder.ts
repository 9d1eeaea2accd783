import { openDataDir } from '../../../main/stores/files/data-dir.ts';
import { StoreProblem } from '../../../main/ports/store-problem.ts';

// Holds a folder until its input ends, or says why it may not.
try {
  const dir = openDataDir(process.argv[2]);
  process.stdout.write('held\n');
  process.stdin.resume().on('end', () => dir.close());
} catch (error) {
  process.stdout.write(error instanceof StoreProblem ? `${error.code}: ${error.message}\n` : 'another error\n');
}
