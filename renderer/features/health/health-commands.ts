import { type Command, press } from '../../ui/command.ts';
import { healthView } from './health-view.ts';

/** What a technician looks at. */
export const healthCommands: readonly Command[] = [
  {
    id: 'health.wall',
    label: 'health.wall',
    shortcut: press('KeyH', 'H'),
    when: ({ windowKind }) => windowKind === 'console' || windowKind === 'shared',
    run: () => healthView.setState({ open: true }),
  },
];
