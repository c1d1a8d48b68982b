// Entry: prints the demo MSP. `node src-demo/generate/generate.ts > demo/northway.json` makes the committed file.
import { buildNorthway } from './build.ts';
import { writeDemo } from './write.ts';

process.stdout.write(writeDemo(buildNorthway()));
