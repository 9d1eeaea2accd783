import { runGuard } from './run-guard.ts';

runGuard(() => process.exit(0));
