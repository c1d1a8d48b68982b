/** Must be the first import of the window: zod would otherwise try `new Function`, which the security policy forbids. */
import { z } from 'zod';

z.config({ jitless: true });
