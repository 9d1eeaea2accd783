import { z } from 'zod';

/** What a seat may do, each role including those before it. */
export const roles = ['viewer', 'operator', 'supervisor', 'technician'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Whether `role` includes everything `least` may do. */
export function includesRole(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}
