// Before a person is asked, what the call acts on is looked up: a request that nobody approved. For every tool of every vendor
// and every way the vendor can get owners wrong: nothing of another customer comes out, a foreign record is like a missing one,
// no secret comes out, and nothing is written.
import { afterAll, describe, expect, it } from 'vitest';
import { narrow } from '../../../src-gateway/narrow.ts';
import { WorkerAnswer } from '../../../src-shared/contract/worker.ts';
import { needsPerson } from '../../../src-shared/model/risk.ts';
import { Subject } from '../../../src-shared/model/subject.ts';
import { foreignMarks } from '../lying/marked.ts';
import { boundVendors, definitionOf, troubled, troubles } from './vendors.ts';

const vendors = await boundVendors();
const blind = await boundVendors(() => 'whole');
afterAll(() => Promise.all([...vendors, ...blind].map(({ emulator }) => emulator.close())));

/** Tools that only a person may let run, or that write, and act on no record that is there before. */
const onNothing = ['kb_create'];
const unproven = { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };

describe.each(vendors.map((vendor, at) => [vendor.name, vendor, blind[at] ?? vendor] as const))(
  '%s',
  (_name, vendor, unjudged) => {
    const { worker, examples, emulator, owner } = vendor;
    const looking = examples.filter(({ tool }) => definitionOf(tool).limits.lookUpMs !== undefined);

    it('knows the names for every tool that writes or that only a person may let run', () => {
      const asked = examples.filter(({ tool }) => {
        const { risk } = definitionOf(tool);
        return needsPerson(risk) || risk === 'write';
      });
      const silent = asked.filter((example) => !looking.includes(example) && !onNothing.includes(example.tool));
      expect(silent.map(({ tool }) => tool)).toEqual([]);
    });

    it.each(looking.map((example) => [example.tool, example] as const))(
      'names what %s acts on',
      async (tool, { own, foreign = {}, missing = {} }) => {
        troubled(vendor, {});
        const before = emulator.requests.length;
        const answer = WorkerAnswer.parse(await worker.lookUp(tool, own));
        const subjects = answer.status === 'ok' ? answer.records.map(({ record }) => Subject.parse(record)) : [];
        const names = Object.entries(own).filter(([argument]) => /^(?:id|[a-z]+Id)$/.test(argument));
        if (names.length > 0 && tool !== 'order_create') {
          expect(subjects.length).toBeGreaterThan(0);
          expect(names.map(([, id]) => String(id))).toContain(subjects[0]?.id);
        }
        expect(subjects.filter(({ name }) => name === null)).toEqual([]);
        expect(await worker.lookUp(tool, foreign)).toEqual(await worker.lookUp(tool, missing));
        const asked = emulator.requests.slice(before);
        expect(asked.filter(({ method, path }) => method !== 'GET' && !/token/.test(path))).toEqual([]);
      },
    );

    it.each(troubles)('with %s', async (_, trouble) => {
      troubled(vendor, trouble);
      for (const { tool, own, foreign = own } of looking)
        for (const given of [own, foreign]) {
          const answer = await worker.lookUp(tool, given);
          expect(foreignMarks(JSON.stringify(answer), owner), tool).toEqual([]);
          if (answer.status === 'denied') expect(answer, tool).toEqual(unproven);
          else expect(narrow(answer, owner, definitionOf(tool)).dropped, tool).toBe(0);
        }
    });

    it.each(troubles)(
      'without the worker’s own judgement and with %s, the gateway lets no name out',
      async (_, trouble) => {
        troubled(unjudged, trouble);
        for (const { tool, own, foreign = own } of looking)
          for (const given of [own, foreign]) {
            const answer = await unjudged.worker.lookUp(tool, given);
            if (answer.status === 'denied') continue;
            const { records } = narrow(answer, owner, definitionOf(tool));
            expect(foreignMarks(JSON.stringify(records), owner), tool).toEqual([]);
          }
      },
    );
  },
);
