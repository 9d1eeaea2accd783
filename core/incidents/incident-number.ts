import { z } from 'zod';

export const incidentNumberSchema = z.int().min(1).max(999_999_999);
/** 1 (a note for later) to 4 (lives are in danger). */
export const severitySchema = z.int().min(1).max(4);
export const categorySchema = z.string().trim().min(1).max(60);
