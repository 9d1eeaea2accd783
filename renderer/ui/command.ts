import type { ParseKeys } from 'i18next';
import type { Role } from '../../core/access/role.ts';
import type { Seat } from '../../core/access/seat.ts';
import type { DeedbanContract } from '../../core/contract.ts';
import type { WindowKind } from '../../core/displays/displays.contract.ts';
import type { HostAbout } from '../../core/host/host.contract.ts';
import type { Client } from '../../core/rpc/client.ts';
import type { PtzTarget } from '../../core/ptz/ptz-target.ts';
import type { DisplayWall } from '../../core/wall/wall.contract.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';

/** What a command may know when it is asked whether it applies, and when it runs. All of it is null or empty until main has told. */
export interface CommandContext {
  readonly client: Pick<Client<DeedbanContract>, 'call' | 'watch'>;
  readonly about: HostAbout | null;
  readonly seat: Seat | null;
  readonly windowKind: WindowKind | null;
  /** The display this window stands on. */
  readonly displayId: string | null;
  /** The tile this seat works on. */
  readonly selection: TilePlace | null;
  readonly displays: readonly DisplayWall[];
  /** The selected tile's camera where it can be steered. */
  readonly steered: PtzTarget | null;
  /** How many steps of this seat can be undone and redone. */
  readonly history: { readonly undo: number; readonly redo: number };
}

/** A key by its place on the keyboard (KeyboardEvent.code), so that it is the same key under every layout. */
export interface Shortcut {
  readonly code: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** How long it is held before it counts, in ms; 0 counts at once. */
  readonly holdMs: number;
  /** Whether holding it down runs the command again and again. */
  readonly repeat: boolean;
  /** What is printed on the key, without Ctrl, Shift and Alt: `K`, `←`, `Esc`. */
  readonly shown: string;
}

/** One thing an operator can do. Keyboard, palette, help and buttons read this entry. */
export interface Command<C extends CommandContext = CommandContext> {
  /** `<feature>.<verb>`, each once; help groups by what is before the dot. */
  readonly id: `${string}.${string}`;
  readonly label: ParseKeys;
  /** Null: no key of its own, only palette and buttons. */
  readonly shortcut: Shortcut | null;
  /** Further keys that do the same. */
  readonly also?: readonly Shortcut[];
  /** The least role that may; who is less does not get to see it. `viewer` unless said otherwise. */
  readonly who?: Role;
  /** Its key is named in the status line while it applies. */
  readonly prominent?: boolean;
  when(context: C): boolean;
  /**
   * What goes on for as long as its key or button is held down. `begin` and `end` are the short way: a key press reaches them without a render.
   * `run` is then the same for a moment, for palette and who cannot hold a button.
   */
  readonly held?: { begin(context: C): void; end(context: C): void };
  /** What is said where its key is pressed and it does not apply: who types without looking is not left without an answer. */
  readonly otherwise?: ParseKeys;
  /** Says by `say` what went wrong; a rejection that gets here is said as an inner fault. */
  run(context: C): void | Promise<void>;
}

/** A shortcut from its code, what is printed on it, and what differs from a plain press. */
export function press(code: string, shown: string, held: Partial<Omit<Shortcut, 'code' | 'shown'>> = {}): Shortcut {
  return { code, shown, ctrl: false, shift: false, alt: false, holdMs: 0, repeat: false, ...held };
}

/** The keys of a shortcut as they are printed, in the order they are pressed. */
export function shownKeys({ ctrl, alt, shift, shown }: Shortcut): readonly string[] {
  return [...(ctrl ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), shown];
}
