// Every connector of this build. A new one is a folder and a line here.
import { halopsa } from './halopsa/halopsa.ts';
import type { Connector } from './vendor.ts';

export const connectors: readonly Connector[] = [halopsa];
