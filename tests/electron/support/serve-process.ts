/** `serve` as a command runs it: the address on the first line, then until Ctrl-C. Argument: the page's folder. */
import { serve, untilInterrupted } from '../../../electron/server/serve.ts';

const [staticFolder = ''] = process.argv.slice(2);
const serving = await serve({ port: 0, staticFolder });
console.log(serving.url);
await untilInterrupted();
await serving.stop();
