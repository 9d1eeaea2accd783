import { type Command, press } from '../../ui/command.ts';
import { cameraName, selectedCamera } from './flagged-camera.ts';
import { flagCamera, takeBack } from './incident-deeds.ts';
import { incidentsView, openIncident } from './incidents-view.ts';

export const incidentsCommands: readonly Command[] = [
  {
    id: 'incidents.flag',
    label: 'incidents.flag',
    shortcut: press('KeyF', 'F'),
    who: 'operator',
    prominent: true,
    when: (context) => selectedCamera(context) !== null,
    otherwise: 'incidents.nothing-to-flag',
    async run(context) {
      const id = selectedCamera(context);
      if (id === null) return;
      // Asked at the same time: the flag waits for nothing.
      const name = cameraName(context.client, id);
      await flagCamera(context.client, { id, name }, context.selection);
    },
  },
  {
    id: 'incidents.take-back',
    label: 'incidents.take-back',
    shortcut: press('KeyF', 'F', { shift: true }),
    who: 'operator',
    when: () => (incidentsView.getState().last?.untilMs ?? 0) > performance.now(),
    otherwise: 'incidents.nothing-to-take-back',
    run: ({ client }) => takeBack(client),
  },
  {
    id: 'incidents.list',
    label: 'incidents.list',
    shortcut: press('KeyN', 'N'),
    when: ({ windowKind }) => windowKind === 'console' || windowKind === 'shared',
    run: () => openIncident(null),
  },
];

export function incidentsCommand(id: string): Command {
  const found = incidentsCommands.find((command) => command.id === id);
  if (!found) throw new Error(`there is no command ${id}`);
  return found;
}
