import { CommandLineError, helpText, numberOption, readOptions } from '../../main/command-line.ts';
import { runVerb } from '../run-verb.ts';

const docs = [
  { name: 'list', text: 'the stories, a line each' },
  { name: 'quick', text: 'at most two minutes a story; says so in its result' },
  { name: 'minutes', value: 'N', text: 'how long `soak` goes on, 1 to 10080' },
  { name: 'json', text: 'one JSON object on stdout' },
];

await runVerb(async (argv) => {
  // The story is the one word without dashes; everything else is an option.
  const story = argv.find((word, index) => !word.startsWith('-') && argv[index - 1] !== '--minutes');
  const values = readOptions(
    argv.filter((word) => word !== story),
    docs,
  );
  if (values.has('help')) {
    process.stdout.write(helpText('npm run bench -- <story> [options]   measures a story against its baseline and budget', docs));
    return 0;
  }
  const { listStories, runStory } = await import('../../tests/bench/bench.ts');
  if (values.has('list')) {
    process.stdout.write(listStories());
    return 0;
  }
  if (!story) throw new CommandLineError('Which story? (--list names them)');
  return runStory(story, {
    quick: values.has('quick'),
    json: values.has('json'),
    minutes: numberOption(values, 'minutes', 1, 10_080),
  });
});
