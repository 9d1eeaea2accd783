import { z } from 'zod';

// The page's policy forbids making code from text. zod would find that out by trying, once per window, and each try is reported as a
// violation. It has to be told before the first schema is made, so this module is imported before all others.
z.config({ jitless: true });
