// A real process that speaks the engine's messages without any model. Each channel is one way of behaving.
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.kind === 'dispose') return void process.send({ kind: 'disposed' });
  const { id, channel, payload } = message;
  const answer = (value) => process.send({ kind: 'response', id, ok: true, value });
  if (channel === 'echo') answer(payload);
  else if (channel === 'pid') answer(process.pid);
  else if (channel === 'crash') process.kill(process.pid, 'SIGSEGV');
  else if (channel === 'exit') process.exit(3);
  else if (channel === 'spin') for (;;); // as native code does: no event loop, no signal handler runs
});
if (process.argv.includes('--broken')) process.exit(7);
process.on('SIGTERM', () => undefined);
process.send({ kind: 'ready' });
