import { spawnSync } from 'node:child_process';
import { helpText, readOptions } from '../../main/command-line.ts';
import { root } from '../paths.ts';
import { runVerb } from '../run-verb.ts';

const steps: readonly (readonly [string, ...string[]])[] = [
  ['tsc', '-p', 'tsconfig.json'],
  ['tsc', '-p', 'tsconfig.renderer.json'],
  ['tsc', '-p', 'tsconfig.renderer-tests.json'],
  ['biome', 'format', '.'],
  ['oxlint', '--type-aware', '--deny-warnings'],
  ['vitest', 'run', 'tests/house'],
];

await runVerb(async (argv) => {
  if (readOptions(argv, []).has('help')) {
    process.stdout.write(helpText('npm run check   types, format, lint, and the house tests: layers, sizes, words', []));
    return 0;
  }
  for (const [command, ...args] of steps) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
    if (status !== 0) {
      process.stderr.write(`check stopped at: ${[command, ...args].join(' ')}\n`);
      return 1;
    }
  }
  return 0;
});
