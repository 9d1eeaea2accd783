import { createMemoryPipe } from '../support/memory-pipe.ts';
import { describeParity } from './parity.ts';

describeParity('an in-memory pipe', async () => ({ ...createMemoryPipe(), end: () => {} }));
