import { setPin } from '../../set-pin.ts';
import { openConfSettings } from '../../stores/conf-settings.ts';

/** `npm start -- --set-pin`, whichever host will run: both keep their settings in the same file. Returns the exit code. */
export async function setPinHere(data: string | null): Promise<number> {
  try {
    return await setPin({ data, terminal: { input: process.stdin, output: process.stderr }, openSettings: openConfSettings });
  } catch (error) {
    if (!(error instanceof Error) || !error.name.endsWith('Problem')) throw error;
    process.stderr.write(`${error.message}\n`);
    return 4;
  }
}
