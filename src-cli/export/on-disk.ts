import { Fault } from '../../src-shared/fault.ts';

/** Work on the export's file: what the file system refuses is EXPORT_UNWRITABLE. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Fault(
      'EXPORT_UNWRITABLE',
      `The export cannot be written (${code}).`,
      'Check the folder, its rights and the free space.',
    );
  }
}
