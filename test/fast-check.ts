// The property tests' generator, of one seed: a fault is found on every machine or on none. FC_SEED=n looks elsewhere.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_121) });

export { fc };
