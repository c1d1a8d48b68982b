// Every connector of this build. A new one is a folder and a line here.
import { halopsa } from './halopsa/halopsa.ts';
import { hudu } from './hudu/hudu.ts';
import { pax8 } from './pax8/pax8.ts';
import type { Connector } from './vendor.ts';

export const connectors: readonly Connector[] = [halopsa, hudu, pax8];
