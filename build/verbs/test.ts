import { spawnSync } from 'node:child_process';
import { helpText, readOptions } from '../../main/command-line.ts';
import { bundleIfStale } from '../bundle.ts';
import { ensureNeeds } from '../install-needs.ts';
import { root } from '../paths.ts';
import { runVerb } from '../run-verb.ts';
import { testNeeds } from '../system-needs.ts';

const docs = [
  { name: 'deep', text: 'the full counts of everything that is sampled otherwise' },
  { name: 'seed', value: 'N', text: 'the seed of what is sampled (printed by every run)' },
];

await runVerb(async (argv) => {
  const values = readOptions(argv, docs);
  if (values.has('help')) {
    process.stdout.write(helpText('npm test -- [options]   everything that is checked, from types to a real browser', docs));
    return 0;
  }
  ensureNeeds(testNeeds);
  const seed = values.get('seed')?.at(-1) ?? String(Math.floor(Math.random() * 2 ** 31));
  const deep = values.has('deep');
  process.stdout.write(`sampled with seed ${seed}${deep ? ', full counts' : ' (npm test -- --deep runs the full counts)'}\n`);
  const env = { ...process.env, DEEDBAN_TEST_SEED: seed, ...(deep ? { DEEDBAN_TEST_DEEP: '1' } : {}) };
  const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status === 0;
  if (!run('npm', 'run', '--silent', 'check')) return 1;
  await bundleIfStale();
  const unit = run('vitest', 'run');
  const endToEnd = run('vitest', 'run', '-c', 'vitest.e2e.config.ts');
  return unit && endToEnd ? 0 : 1;
});
