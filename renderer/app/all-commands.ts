import { auditCommands } from '../features/audit/audit-commands.ts';
import { camerasCommands } from '../features/cameras/cameras-commands.ts';
import { displayCommands } from '../features/displays/display-commands.ts';
import { evidenceCommands } from '../features/evidence/evidence-commands.ts';
import { healthCommands } from '../features/health/health-commands.ts';
import { incidentsCommands } from '../features/incidents/incidents-commands.ts';
import { programmesCommands } from '../features/programmes/programmes-commands.ts';
import { ptzCommands } from '../features/ptz/ptz-commands.ts';
import { rewindCommands } from '../features/rewind/rewind-commands.ts';
import { scenesCommands } from '../features/scenes/scenes-commands.ts';
import { wallCommands } from '../features/wall/wall-commands.ts';
import type { Command } from '../ui/command.ts';
import { appCommands } from './app-commands.ts';

/** Every command of the program, in the order in which help and palette list them. */
export const allCommands: readonly Command[] = [
  // Before the wall's: where a camera's own lens can zoom, + and - are the lens's.
  ...ptzCommands,
  ...wallCommands,
  ...rewindCommands,
  ...displayCommands,
  ...scenesCommands,
  ...programmesCommands,
  ...camerasCommands,
  ...incidentsCommands,
  ...evidenceCommands,
  ...auditCommands,
  ...healthCommands,
  ...appCommands,
];
