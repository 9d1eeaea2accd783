import { type Command, press } from '../../ui/command.ts';

/** What is done with displays as such. */
export const displayCommands: readonly Command[] = [
  {
    id: 'displays.identify',
    label: 'displays.identify',
    shortcut: press('KeyI', 'I', { shift: true }),
    who: 'operator',
    when: () => true,
    run: async ({ client }) => void (await client.call('displays.identify', {})),
  },
];
