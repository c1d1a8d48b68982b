import { z } from 'zod';

/** The tool by which looking up is on record, and counted: no call of anybody's, and none that can be made. */
export const lookUpTool = 'target_look_up';

/** Characters of a name that are kept. */
export const mostOfName = 160;

/** A record that a call acts on, proven to be the bound customer's before anybody is asked to approve the call. */
export const Subject = z.strictObject({
  /** What it is, in our words: `credential`. */
  kind: z.string().min(1).max(40),
  /** The vendor's id of it. */
  id: z.string().min(1).max(80),
  /** The vendor's text: anybody may have written it. Null where it has none, or one that is not shown. */
  name: z.string().min(1).max(mostOfName).nullable(),
});
export type Subject = z.infer<typeof Subject>;

/** In the order the tool declares, the target first. Null where it could not be looked up. */
export const Subjects = z.array(Subject).max(8).nullable();
export type Subjects = z.infer<typeof Subjects>;
