import { cpus, totalmem } from 'node:os';
import { CommandLineError } from '../../main/command-line.ts';
import { type BenchResult, overall, type StoryResult } from './result.ts';
import { churn } from './stories/churn.ts';
import { density } from './stories/density.ts';
import { directory } from './stories/directory.ts';
import { firstPicture } from './stories/first-picture.ts';
import { journal } from './stories/journal.ts';
import { ladder } from './stories/ladder.ts';
import { latency } from './stories/latency.ts';
import { hidden } from './stories/hidden.ts';
import { ptz } from './stories/ptz.ts';
import { rewind } from './stories/rewind.ts';
import { recover } from './stories/recover.ts';
import { relay } from './stories/relay.ts';
import { relayout } from './stories/relayout.ts';
import { sceneSwitch } from './stories/scene-switch.ts';
import { seal } from './stories/seal.ts';
import { soak } from './stories/soak.ts';
import { sources } from './stories/sources.ts';
import { start } from './stories/start.ts';
import { truth } from './stories/truth.ts';
import { wallCost } from './stories/wall-cost.ts';

export interface StoryOptions {
  readonly quick: boolean;
  /** How long a story without an end of its own goes on; null: as long as it likes. */
  readonly minutes: number | null;
  progress(words: string): void;
}

/** Something a user would notice, measured. */
export interface Story {
  readonly name: string;
  readonly about: string;
  run(options: StoryOptions): Promise<readonly BenchResult[]>;
}

const stories: readonly Story[] = [
  wallCost,
  recover,
  sources,
  relayout,
  density,
  directory,
  start,
  firstPicture,
  latency,
  ladder,
  sceneSwitch,
  relay,
  truth,
  churn,
  soak,
  hidden,
  ptz,
  rewind,
  seal,
  journal,
];

/** The stories, a line each. */
export function listStories(): string {
  return stories.map((story) => `${story.name.padEnd(13)} ${story.about}\n`).join('');
}

/** Runs one story and prints it. Returns 0 where its budgets are kept, 1 where not, 5 where the runs lie too far apart to say. */
export async function runStory(
  name: string,
  options: { quick: boolean; json: boolean; minutes: number | null },
): Promise<number> {
  const story = stories.find((candidate) => candidate.name === name);
  if (!story) throw new CommandLineError(`There is no story "${name}" (--list names them).`);
  const progress = (words: string) => process.stderr.write(`${words}\n`);
  const results = await story.run({ quick: options.quick, minutes: options.minutes, progress });
  const [cpu] = cpus();
  const result: StoryResult = {
    story: name,
    machine: { cores: cpus().length, model: cpu?.model ?? 'unknown', memoryGiB: Math.round(totalmem() / 2 ** 30) },
    quick: options.quick,
    results,
    ok: overall(results),
  };
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : table(result));
  return result.ok === true ? 0 : result.ok === false ? 1 : 5;
}

function judged({ budget, ok }: BenchResult): string {
  if (budget === null) return ok === false ? 'NOT MEASURED' : 'reported';
  return `budget ${budget}  ${ok === true ? 'kept' : ok === false ? 'NOT KEPT' : 'inconclusive'}`;
}

function table({ story, results, ok }: StoryResult): string {
  const rows = results.map((result) => {
    const against = result.baseline === null ? '' : `  baseline ${result.baseline}  ratio ${result.ratio}`;
    return `${result.name}: ${result.ours} ${result.unit}${against}  spread ${result.spread}  ${judged(result)} (${result.runs} runs)`;
  });
  return `${[story, ...rows, ok === true ? 'all budgets kept' : ok === false ? 'a budget is not kept' : 'inconclusive'].join('\n')}\n`;
}
