// How many of a product: a whole number, small enough that a slip of the keyboard stays a slip.
import { z } from 'zod';

export const Quantity = z.int().min(1).max(10_000);

/** An amount of money that a person saw and an argument repeats. */
export const ExpectedTotal = z.number().min(0).max(100_000_000);
export const Currency = z.string().regex(/^[A-Z]{3}$/);
