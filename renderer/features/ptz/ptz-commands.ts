import { type Command, type CommandContext, press, type Shortcut } from '../../ui/command.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { PtzAbilities } from '../../../core/ptz/abilities.ts';
import { openPtzDialog, ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import type { SteerKey } from './steering.ts';

/** A camera is kept so long by one press, in ms. */
const keepForMs = 30 * 60_000;

const can =
  (has: (abilities: PtzAbilities) => boolean) =>
  ({ steered }: CommandContext): boolean =>
    steered !== null && steered.abilities !== null && has(steered.abilities);
const pans = can(({ continuous }) => continuous.panTilt);
const zooms = can(({ continuous }) => continuous.zoom);

/** A direction: as long as it is held. */
function steer(key: SteerKey, id: Command['id'], label: Command['label'], keys: readonly [Shortcut, ...Shortcut[]]): Command {
  const [shortcut, ...also] = keys;
  return {
    id,
    label,
    shortcut,
    also,
    who: 'operator',
    when: key === 'in' || key === 'out' ? zooms : pans,
    otherwise: 'ptz.nothing-to-steer',
    held: {
      begin: () => ptzView.getState().desk?.key(key, true),
      end: () => ptzView.getState().desk?.key(key, false),
    },
    run: () => ptzView.getState().desk?.nudge(key),
  };
}
const arrow = (code: string, shown: string): readonly [Shortcut] => [press(code, shown, { shift: true })];

type Act = 'ptz.take' | 'ptz.release' | 'ptz.stop-tour';
async function ask({ client, steered }: CommandContext, name: Act): Promise<void> {
  if (steered) sayPtz(await client.call(name, { camera: steered.camera.id }), steered.camera.number);
}

type Lens = 'near' | 'far' | 'stop' | 'auto';
function turnLens({ client, steered }: CommandContext, act: Lens): Promise<void> {
  if (!steered) return Promise.resolve();
  const { id, number } = steered.camera;
  return client.call('ptz.focus', { camera: id, act }).then((outcome) => sayPtz(outcome, number), sayFault);
}
function focus(act: 'near' | 'far', id: Command['id'], label: Command['label'], code: string, shown: string): Command {
  return {
    id,
    label,
    shortcut: press(code, shown, { shift: true }),
    who: 'operator',
    when: can(({ focus: has }) => has),
    held: { begin: (context) => void turnLens(context, act), end: (context) => void turnLens(context, 'stop') },
    async run(context) {
      await turnLens(context, act);
      await turnLens(context, 'stop');
    },
  };
}

/** Everything an operator does with a camera that can be steered. */
export const ptzCommands: readonly Command[] = [
  steer('left', 'ptz.left', 'ptz.left', arrow('ArrowLeft', '←')),
  steer('right', 'ptz.right', 'ptz.right', arrow('ArrowRight', '→')),
  steer('up', 'ptz.up', 'ptz.up', arrow('ArrowUp', '↑')),
  steer('down', 'ptz.down', 'ptz.down', arrow('ArrowDown', '↓')),
  steer('in', 'ptz.nearer', 'ptz.nearer', [press('Equal', '+'), press('NumpadAdd', '+')]),
  steer('out', 'ptz.wider', 'ptz.wider', [press('Minus', '-'), press('NumpadSubtract', '-')]),
  {
    id: 'ptz.halt',
    label: 'ptz.halt',
    shortcut: press('End', 'End', { shift: true }),
    who: 'operator',
    when: can(() => true),
    run: () => ptzView.getState().desk?.stop(),
  },
  {
    id: 'ptz.go-home',
    label: 'ptz.go-home',
    shortcut: press('Home', 'Home', { shift: true }),
    who: 'operator',
    when: can(({ home }) => home),
    run: async () => void (await ptzView.getState().desk?.goTo({ what: 'home' })),
  },
  {
    id: 'ptz.go-to-position',
    label: 'ptz.go-to-position',
    shortcut: null,
    who: 'operator',
    when: can(({ absolute }) => absolute.panTilt || absolute.zoom),
    run({ steered }) {
      if (steered) openPtzDialog({ what: 'position', camera: steered.camera.id });
    },
  },
  {
    id: 'ptz.set-home',
    label: 'ptz.set-home',
    shortcut: null,
    who: 'supervisor',
    when: can(({ homeSettable }) => homeSettable),
    run({ steered }) {
      if (steered) openPtzDialog({ what: 'set-home', camera: steered.camera.id });
    },
  },
  {
    id: 'ptz.take-it',
    label: 'ptz.take-it',
    shortcut: press('KeyJ', 'J'),
    who: 'operator',
    when: ({ steered }) => steered !== null && !steered.mine,
    run: (context) => ask(context, 'ptz.take'),
  },
  {
    id: 'ptz.give-back',
    label: 'ptz.give-back',
    shortcut: press('KeyJ', 'J', { shift: true }),
    who: 'operator',
    when: ({ steered }) => steered?.mine === true,
    async run(context) {
      ptzView.getState().desk?.letGo();
      await ask(context, 'ptz.release');
    },
  },
  {
    id: 'ptz.keep',
    label: 'ptz.keep',
    shortcut: null,
    who: 'operator',
    when: ({ steered }) => steered !== null && !(steered.mine && steered.lease?.reserved === true),
    async run({ client, steered }) {
      if (!steered) return;
      sayPtz(await client.call('ptz.reserve', { camera: steered.camera.id, forMs: keepForMs }), steered.camera.number);
    },
  },
  focus('near', 'ptz.focus-near', 'ptz.focus-near', 'BracketLeft', '['),
  focus('far', 'ptz.focus-far', 'ptz.focus-far', 'BracketRight', ']'),
  {
    id: 'ptz.focus-auto',
    label: 'ptz.focus-auto',
    shortcut: null,
    who: 'operator',
    when: can(({ focus: has }) => has),
    run: (context) => turnLens(context, 'auto'),
  },
  {
    id: 'ptz.iris-auto',
    label: 'ptz.iris-auto',
    shortcut: null,
    who: 'operator',
    when: can(({ iris }) => iris),
    async run({ client, steered }) {
      if (!steered) return;
      sayPtz(await client.call('ptz.iris', { camera: steered.camera.id, act: { what: 'auto' } }), steered.camera.number);
    },
  },
  {
    id: 'ptz.new-preset',
    label: 'ptz.new-preset',
    shortcut: press('KeyP', 'P', { shift: true }),
    who: 'operator',
    when: can(({ mostPresets }) => mostPresets > 0),
    run({ steered }) {
      if (steered) openPtzDialog({ what: 'preset', camera: steered.camera.id, preset: null });
    },
  },
  {
    id: 'ptz.tour',
    label: 'ptz.tour',
    shortcut: null,
    who: 'operator',
    when: can(({ mostPresets }) => mostPresets > 1),
    run({ steered }) {
      if (steered) openPtzDialog({ what: 'tour', camera: steered.camera.id });
    },
  },
  {
    id: 'ptz.tour-end',
    label: 'ptz.tour-end',
    shortcut: null,
    who: 'operator',
    when: can(({ mostPresets, mostTours }) => mostPresets > 1 || mostTours > 0),
    run: (context) => ask(context, 'ptz.stop-tour'),
  },
  {
    id: 'ptz.choose-duty',
    label: 'ptz.choose-duty',
    shortcut: null,
    who: 'supervisor',
    when: can(({ mostPresets }) => mostPresets > 0),
    run({ steered }) {
      if (steered) openPtzDialog({ what: 'duty', camera: steered.camera.id });
    },
  },
  {
    id: 'ptz.choose-lens',
    label: 'ptz.choose-lens',
    shortcut: null,
    who: 'technician',
    when: zooms,
    run({ steered }) {
      if (steered) openPtzDialog({ what: 'lens', camera: steered.camera.id });
    },
  },
];

/** One of them by its id, for a button. */
export function ptzCommand(id: string): Command {
  const command = ptzCommands.find((each) => each.id === id);
  if (!command) throw new Error(`there is no command ${id}`);
  return command;
}
