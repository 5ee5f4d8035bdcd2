/** `headlight serve`: the app for a browser, over loopback. */
import { serve, untilInterrupted } from '../../server/serve.ts';
import type { Command } from '../command.ts';

export const serveCommand: Command = {
  options: { port: { value: 'P', help: 'port on 127.0.0.1; 0, the default, takes any free one' } },
  examples: ['', '--port 8123'],
  run: async (values, output) => {
    const serving = await serve({ port: values.count('port', { most: 65535 }) ?? 0 });
    output.write(`${serving.url}\n`);
    await untilInterrupted();
    await serving.stop();
  },
};
